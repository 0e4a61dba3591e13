/**
 * Versions of the mechanism whose communique a request is written in. The second COLEP meeting decided that one will be
 * designed; none has been agreed since, as far as is public (seed 4, read 2026-11), so the only version is a draft and says so.
 */
export interface Mechanism {
  readonly version: number;
  readonly name: string;
  readonly agreed: boolean;
}

const MECHANISMS: readonly Mechanism[] = [{ version: 1, name: "COLEP draft 1, not agreed", agreed: false }];

/** In which new requests are written. */
export const CURRENT_MECHANISM = MECHANISMS.at(-1) as Mechanism;

/** @throws where a request names a version that this program does not know */
export function mechanismOf(version: number): Mechanism {
  const found = MECHANISMS.find((one) => one.version === version);
  if (!found) throw new Error(`There is no version ${version} of the mechanism.`);
  return found;
}
