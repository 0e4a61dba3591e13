import { grouped } from "../../../shared/grouped";
import { type Period, parsePeriod } from "../../../shared/period";
import type { Statistic } from "../../../shared/policy/decide";
import type { Catalogue } from "../catalogue/catalogue";
import type { Indicator } from "../catalogue/indicator.type";
import { statusOf } from "../series/series.rules";
import type { ReportRow, StoredFigure } from "./report.queries";
import { dueAt, dueDaysOf } from "./report.rules";
import type { Report, ReportTable } from "./report.type";

/** The API's own object for a report; the stored row never leaves the subgraph. */
export function toReport(row: ReportRow, catalogue: Catalogue): Report {
  return {
    id: row.id,
    reporter: { code: row.owner },
    indicator: catalogue.indicator(row.indicator) as Indicator,
    period: row.period,
    version: row.version,
    state: row.state,
    dueAt: dueAt(parsePeriod(row.period) as Period, dueDaysOf(row.indicator, catalogue.sets)),
    reason: row.reason,
    comment: row.comment,
    methodNote: row.method_note,
    dataAsOf: row.data_as_of,
    contentHash: row.content_hash,
    warnings: row.warnings,
    submittedBy: row.submitted_by,
    submittedAt: row.submitted_at,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    returnReasons: row.return_reasons,
    supersededAt: row.superseded_at,
  };
}

/** What is read of a report before or beside its release: all it says, which is the owner's and nobody else's. */
export function resourceOf(
  { reporter, indicator, period }: Report,
  figures: readonly StoredFigure[],
): Statistic {
  const { start, end } = parsePeriod(period) as Period;
  return {
    category: "STATISTICS",
    owner: reporter.code,
    indicator: indicator.code,
    period,
    dimensions: [...new Set(figures.flatMap(({ dimensions }) => dimensions))].sort(),
    start,
    end,
    releasedAt: null,
    reciprocated: false,
  };
}

/** One table for each set of dimensions, the total first. */
export function toTables(figures: readonly StoredFigure[]): ReportTable[] {
  return [...grouped(figures, ({ dimensions }) => dimensions.join()).values()]
    .map((cells) => ({
      dimensions: cells[0]?.dimensions ?? [],
      keys: cells.map(({ key }) => key),
      values: cells.map(({ value }) => value),
      statuses: cells.map(({ status }) => statusOf(status)),
    }))
    .sort((one, other) => one.dimensions.length - other.dimensions.length);
}
