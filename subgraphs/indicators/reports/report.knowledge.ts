import type { EntityManager } from "typeorm";
import type { Catalogue } from "../catalogue/catalogue";
import type { SubmittedFigure } from "../submission/figure";
import type { RuleContext } from "../submission/rules/rule";
import { isClosed } from "./report.rules";

/** What the rules of `submission/` have to know besides the figures: they are pure, and this asks the database for them. */

/** Years that a figure is compared with. */
const PAST_YEARS = 10;

export interface Circumstances {
  partner: string;
  now: Date;
  /** Whether something is said for writing into a period that is closed. */
  hasReason: boolean;
  /** What the source rounds to. */
  rounding: number;
}

export async function knowledgeFor(
  manager: EntityManager,
  catalogue: Catalogue,
  figures: readonly SubmittedFigure[],
  { partner, now, hasReason, rounding }: Circumstances,
): Promise<RuleContext> {
  const past = await readPast(manager, partner, figures);
  return {
    catalogue: catalogue.indicators,
    codes: catalogue.codeLists,
    areas: catalogue.areaNames,
    partner,
    today: now.toISOString().slice(0, 10),
    isClosed: (period) => !hasReason && isClosed(period, now),
    history: (indicator, period, dimensions, key) =>
      yearsBefore(period).flatMap(
        (code) => past.get(addressOf(indicator, code, dimensions, key)) ?? [],
      ),
    rounding,
  };
}

/** The same period of past years, oldest first: `2015-Q3` → `2005-Q3` to `2014-Q3`. */
function yearsBefore(period: string): string[] {
  const year = Number(period.slice(0, 4));
  return Array.from(
    { length: PAST_YEARS },
    (_, at) => `${year - PAST_YEARS + at}${period.slice(4)}`,
  );
}

function addressOf(
  indicator: string,
  period: string,
  dimensions: readonly string[],
  key: readonly string[],
): string {
  return [indicator, period, dimensions.join(), key.join("|")].join("/");
}

interface Row {
  indicator: string;
  period: string;
  dimensions: string[];
  key: string[];
  value: number;
}

const PAST = `
SELECT r.indicator, r.period, f.dimensions, f.key, f.value
FROM indicators.report r JOIN indicators.figure f ON f.report_id = r.id
WHERE r.owner = $1 AND r.indicator = ANY ($2) AND r.period = ANY ($3) AND r.superseded_at IS NULL AND f.value IS NOT NULL`;

async function readPast(
  manager: EntityManager,
  owner: string,
  figures: readonly SubmittedFigure[],
): Promise<ReadonlyMap<string, number>> {
  const indicators = [...new Set(figures.map(({ indicator }) => indicator))];
  const periods = [...new Set(figures.map(({ period }) => period))].filter((code) =>
    /^\d{4}(-Q[1-4])?$/.test(code),
  );
  const wanted = [...new Set(periods.flatMap(yearsBefore))];
  const rows: Row[] = await manager.query(PAST, [owner, indicators, wanted]);
  return new Map(
    rows.map((row) => [addressOf(row.indicator, row.period, row.dimensions, row.key), row.value]),
  );
}
