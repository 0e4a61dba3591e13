/** Where in what was sent something stands. */
export interface Origin {
  /** Name of the file; null where it came through the API. */
  readonly file: string | null;
  /** Counted from 1, as an editor counts. */
  readonly line: number | null;
  readonly column: number | null;
  /** Place in the API's input, from the outside in; empty for a file. */
  readonly path: readonly string[];
}

/** One figure as somebody sends it, understood as far as a file can be without knowing the catalogue. */
export interface SubmittedFigure {
  readonly origin: Origin;
  readonly indicator: string;
  /** Code of the reporting country. */
  readonly reporter: string;
  /** As written: a quarter `2015-Q3`, a year `2015`; what is neither is for a rule to refuse. */
  readonly period: string;
  /** Sorted; empty = the total. */
  readonly dimensions: readonly string[];
  /** One code a dimension, in their order. */
  readonly key: readonly string[];
  /** Whole and not negative where it is right; NaN where a number was meant and cannot be read. */
  readonly value: number | null;
  /** SDMX CL_OBS_STATUS 2.2. */
  readonly status: string;
  /** Where the file states one. */
  readonly unit: string | null;
  /** A lower bound: a part of it was suppressed or not reported. Its status is E. */
  readonly isLowerBound: boolean;
  /** What was written where the value stands, for messages. */
  readonly written: string;
}

/** `AFG × F`, or the total. */
export function nameOf(key: readonly string[]): string {
  return key.length === 0 ? "the total" : key.join(" × ");
}
