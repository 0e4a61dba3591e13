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
