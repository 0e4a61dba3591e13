import type { IndicatorRecord } from "../catalogue/indicator.entity";
import { columnsOf } from "../series/series.rules";
import { ValueStatus } from "../series/series.type";
import type { ReportingStatus } from "../status/status.type";
import type { CoverageRow, CoverageState, DefinitionNote, QualityRow } from "./coverage.type";
import { pairsIn, quartersOf, type Reading } from "./reading";

/** Which reports there are and how good they are. Pure. */

/** @param statuses of the year, quarters and year, in any order */
export function coverageOf(reading: Reading, statuses: readonly ReportingStatus[]): CoverageRow[] {
  const known = byPlace(statuses);
  const periods = [...quartersOf(reading.year), `${reading.year}`];
  return places(reading).flatMap(({ reporter, indicator }): CoverageRow[] => {
    const found = periods.map((period) => known.get(placeOf(reporter, indicator.code, period)));
    if (found.every((status) => !status || status.releasedAt === null)) return [];
    const states = covered(
      found.map((status, at) =>
        stateOf(status, isProvisional(reading, reporter, indicator, periods[at] as string)),
      ),
    );
    return [{ reporter: { code: reporter }, indicator, periods, states }];
  });
}

/** Some countries report by year, some by quarter: neither lacks the other. @param states the four quarters, then the year */
function covered(states: readonly CoverageState[]): CoverageState[] {
  const isThere = (state: CoverageState) => state !== "MISSING" && state !== "NOT_DUE";
  const byQuarters = states.slice(0, -1).every(isThere);
  const byYear = isThere(states.at(-1) as CoverageState);
  return states.map((state, at) =>
    !isThere(state) && (at === states.length - 1 ? byQuarters : byYear) ? "COVERED" : state,
  );
}

function stateOf(status: ReportingStatus | undefined, provisional: boolean): CoverageState {
  if (!status || status.releasedAt === null)
    return status?.state === "OVERDUE" ? "MISSING" : "NOT_DUE";
  if ((status.punctualityDays ?? 0) > 0) return "LATE";
  return provisional ? "PROVISIONAL" : "REPORTED";
}

function isProvisional(
  reading: Reading,
  reporter: string,
  { code }: IndicatorRecord,
  period: string,
): boolean {
  const pair = pairsIn(reading, code, [], period.length === 4 ? "A" : "Q").find(
    (one) => one.reporter === reporter,
  );
  const table = pair?.tables.get(period);
  return table?.statuses.includes("P") ?? false;
}

/** Means over the periods of which there is something to say. */
export function qualityOf(reading: Reading, statuses: readonly ReportingStatus[]): QualityRow[] {
  return places(reading).flatMap(({ reporter, indicator }): QualityRow[] => {
    const own = statuses.filter(
      (status) =>
        status.reporter.code === reporter &&
        status.indicator.code === indicator.code &&
        status.releasedAt !== null,
    );
    if (own.length === 0) return [];
    return [
      {
        reporter: { code: reporter },
        indicator,
        timelinessDays: mean(own.map((status) => status.timelinessDays)),
        punctualityDays: mean(own.map((status) => status.punctualityDays)),
        completeness: mean(own.map((status) => status.completeness)),
        shareUnknown: mean(own.map((status) => status.shareUnknown)),
        meanAbsoluteRevision: mean(own.map((status) => status.meanAbsoluteRevision)),
      },
    ];
  });
}

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** Of totals, as they are shown. */
export function definitionsOf(reading: Reading): DefinitionNote[] {
  const differs: readonly ValueStatus[] = [ValueStatus.DEFINITION_DIFFERS, ValueStatus.BREAK];
  return reading.indicators.flatMap((indicator) =>
    (["Q", "A"] as const).flatMap((frequency) =>
      pairsIn(reading, indicator.code, [], frequency).flatMap((pair) =>
        columnsOf(pair).flatMap((column, at): DefinitionNote[] => {
          const { code: period } = pair.periods[at] as (typeof pair.periods)[number];
          const { status } = column("");
          if (!differs.includes(status) || !period.startsWith(`${reading.year}`)) return [];
          return [{ reporter: { code: pair.reporter }, indicator, period, status }];
        }),
      ),
    ),
  );
}

function places({ reporters, indicators }: Reading) {
  return indicators.flatMap((indicator) => reporters.map((reporter) => ({ reporter, indicator })));
}

function placeOf(reporter: string, indicator: string, period: string): string {
  return [reporter, indicator, period].join("/");
}

function byPlace(statuses: readonly ReportingStatus[]): Map<string, ReportingStatus> {
  return new Map(
    statuses.map((one) => [placeOf(one.reporter.code, one.indicator.code, one.period), one]),
  );
}
