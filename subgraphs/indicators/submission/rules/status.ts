/** SDMX CL_OBS_STATUS 2.2, as far as a figure of a report may have it. */
export const WITH_VALUE: ReadonlyMap<string, string> = new Map([
  ["A", "reported"],
  ["B", "break in the series"],
  ["D", "definition differs"],
  ["E", "estimated"],
  ["I", "imputed"],
  ["P", "provisional"],
]);

export const WITHOUT_VALUE: ReadonlyMap<string, string> = new Map([
  ["L", "exists, was not collected"],
  ["M", "cannot exist"],
  ["O", "not available"],
  ["Q", "suppressed"],
]);

export const STATUSES: ReadonlyMap<string, string> = new Map([...WITH_VALUE, ...WITHOUT_VALUE]);

/** From the strongest to the weakest: what is made of several figures is as weak as the weakest of them. */
const BY_STRENGTH: readonly string[] = ["A", "B", "D", "P", "E", "I"];

/** One that is not known is the weakest: a rule refuses it, and adding up must not hide it. */
export function weakest(statuses: readonly string[]): string {
  const weakness = (status: string) => {
    const at = BY_STRENGTH.indexOf(status);
    return at < 0 ? BY_STRENGTH.length : at;
  };
  return statuses.reduce((one, other) => (weakness(other) > weakness(one) ? other : one), "A");
}
