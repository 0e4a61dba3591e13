/** Whether the tests that kill, attack and repeat run at full length: `npm run test:endurance`. */
const FULL = process.env.ACCORD_ENDURANCE === "full";

/** How often to repeat: in full, or the one small round of `npm test`. */
export function rounds<Count>(full: Count, small: Count): Count {
  return FULL ? full : small;
}
