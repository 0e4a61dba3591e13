import { DIMENSIONS, type DimensionCode } from "../../shared/graphql/dimension";
import { fault, type UserError } from "../../shared/graphql/user-error";
import { type Period, parsePeriod } from "../../shared/period";
import type { Catalogue } from "./catalogue";
import type { IndicatorRecord } from "./indicator.entity";
import type { StoredFigure } from "./report.queries";

/** Where in what was sent something stands: a path in the input, a line of a file. */
export interface Place {
  path: readonly (string | number)[];
  line?: number | null;
}

export interface ProposedFigure {
  key: readonly { dimension: string; code: string }[];
  value: number | null;
  /** SDMX CL_OBS_STATUS. */
  status: string;
  place: Place;
}

/** A report as somebody sends it, by the API or in a file, before anything is known of it. */
export interface Proposed {
  indicator: string;
  period: string;
  figures: readonly ProposedFigure[];
  baseVersion: number | null;
  reason: string | null;
  comment: string | null;
  methodNote: string | null;
  dataAsOf: string | null;
  place: Place;
}

export type DraftFigure = StoredFigure & { place: Place };

/** The same, understood: figures with sorted dimensions, under an indicator and for a period that there are. */
export interface Draft {
  indicator: IndicatorRecord;
  period: Period;
  figures: readonly DraftFigure[];
  proposed: Proposed;
}

/** What a country reports itself, told apart from what was loaded from a publication. */
const SOURCE = "NATIONAL";

/** @returns null where indicator or period are none: of such a report no figure can be judged. */
export function understand(proposed: Proposed, catalogue: Catalogue): { draft: Draft | null; faults: UserError[] } {
  const faults: UserError[] = [];
  const say = (field: string, message: string) =>
    faults.push(faultAt({ ...proposed.place, path: [...proposed.place.path, field] }, message));
  const indicator = catalogue.indicator(proposed.indicator);
  const codes = catalogue.indicators.map(({ code }) => code).join(", ");
  if (!indicator) say("indicator", `"${proposed.indicator}" is not an indicator. The catalogue has ${codes}.`);
  const period = parsePeriod(proposed.period);
  if (!period) say("period", `"${proposed.period}" is not a period. Write a quarter as 2015-Q3 or a year as 2015.`);
  if (proposed.figures.length === 0)
    say("figures", "There are none. Report at least the total, or that there is none.");
  const dataAsOf = proposed.dataAsOf;
  if (dataAsOf !== null && !isDay(dataAsOf)) say("dataAsOf", `"${dataAsOf}" is not a day. Write it as 2015-11-05.`);
  for (const [field, most] of LONGEST) {
    const length = proposed[field]?.length ?? 0;
    if (length > most) say(field, `It has ${length} characters; at most ${most} are kept.`);
  }
  if (!indicator || !period) return { draft: null, faults };
  const figures = proposed.figures.flatMap((figure) => understandFigure(figure, indicator, faults));
  return { draft: { indicator, period, figures, proposed }, faults };
}

const LONGEST = [
  ["reason", 2_000],
  ["comment", 2_000],
  ["methodNote", 4_000],
] as const;

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
}

function understandFigure(figure: ProposedFigure, indicator: IndicatorRecord, faults: UserError[]): DraftFigure[] {
  const sorted = [...figure.key].sort((one, other) => (one.dimension < other.dimension ? -1 : 1));
  const dimensions = sorted.map(({ dimension }) => dimension);
  const unknown = dimensions.find((dimension) => !isDimension(dimension));
  if (unknown !== undefined || new Set(dimensions).size < dimensions.length) {
    const what = unknown === undefined ? "A dimension stands twice." : `"${unknown}" is not a dimension.`;
    faults.push(faultAt(figure.place, `${what} ${indicator.code} has ${indicator.dimensions.join(", ")}.`));
    return [];
  }
  const { value, status, place } = figure;
  const key = sorted.map(({ code }) => code);
  return [{ dimensions: dimensions as DimensionCode[], key, value, status, sourceId: SOURCE, place }];
}

function isDimension(name: string): name is DimensionCode {
  return DIMENSIONS.some((known) => known === name);
}

export function faultAt({ path, line }: Place, message: string, code: UserError["code"] = "BAD_USER_INPUT"): UserError {
  return { ...fault(code, path, message), ...(line != null && { line }) };
}
