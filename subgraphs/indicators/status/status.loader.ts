import type { RequestContext } from "../../../shared/graphql/context";
import type { DimensionCode } from "../../../shared/graphql/dimension";
import { MADE_OF, NOTHING_SHOWN } from "../../../shared/graphql/shield";
import type { Period } from "../../../shared/period";
import type { Statistic } from "../../../shared/policy/decide";
import type { IndicatorRecord } from "../catalogue/indicator.entity";
import { readNewest } from "../reports/report.queries";
import { dueAt, dueDaysOf } from "../reports/report.rules";
import type { Loaders } from "../series/loaders";
import { revisionsIn, type Version } from "../series/revision.loader";
import { loadPairs, type Pair } from "../series/series.loader";
import { readReleaseFacts } from "../series/series.queries";
import { seriesOf } from "../series/series.rules";
import * as rules from "./status.rules";
import type { ReportingStatus } from "./status.type";

export interface StatusRequest {
  reporters: readonly string[];
  indicators: readonly IndicatorRecord[];
  from: Period;
  to: Period;
  /** As in `SeriesRequest`. */
  around?: boolean;
}

/** One status for each reporter × indicator × period, in the order asked. */
export async function statusesOf(
  context: RequestContext<Loaders>,
  request: StatusRequest,
): Promise<ReportingStatus[]> {
  const known = await readKnown(context, request);
  const found: ReportingStatus[] = [];
  for (const indicator of request.indicators) {
    for (const quality of await qualitiesOf(context, request, indicator)) {
      found.push(toStatus(context, indicator, quality, known));
    }
  }
  const at = (reporter: string) => request.reporters.indexOf(reporter);
  return found.sort((one, other) => at(one.reporter.code) - at(other.reporter.code));
}

interface Known {
  facts: ReadonlyMap<string, rules.ReleaseFacts>;
  own: ReadonlyMap<string, rules.OwnSubmission>;
}

async function readKnown(
  context: RequestContext<Loaders>,
  { reporters, indicators, from, to }: StatusRequest,
): Promise<Known> {
  const partner = context.viewer?.partner ?? "";
  const span = { owners: reporters, indicators: indicators.map(({ code }) => code), from, to };
  const [facts, own] = await context.read(async (manager) => [
    await readReleaseFacts(manager, span),
    reporters.includes(partner) ? await readNewest(manager, partner, from, to) : [],
  ]);
  return {
    facts: new Map(
      facts.map((row) => [
        `${row.owner}/${row.indicator}/${row.period}`,
        {
          firstReleasedAt: row.first_released_at,
          releasedAt: row.released_at,
          version: row.version,
        },
      ]),
    ),
    own: new Map(
      own.map((row) => [
        `${partner}/${row.indicator}/${row.period}`,
        { state: row.state, submittedAt: row.submitted_at },
      ]),
    ),
  };
}

interface Quality {
  reporter: string;
  period: Period;
  completeness: number | null;
  shareUnknown: number | null;
  meanAbsoluteRevision: number | null;
  madeOf: readonly Statistic[];
}

/** What is computed from figures, from nothing but the tables that the viewer is given. */
async function qualitiesOf(
  context: RequestContext<Loaders>,
  request: StatusRequest,
  indicator: IndicatorRecord,
): Promise<Quality[]> {
  const cubes = new Map(
    indicator.cubes.map(({ dimensions }) => [
      [...dimensions].sort().join(),
      [...dimensions].sort(),
    ]),
  );
  const tables = new Map<string, Map<string, Pair>>();
  for (const [name, dimensions] of cubes)
    tables.set(name, await pairsOf(context, request, indicator, dimensions));
  const of = {
    indicator: indicator.code,
    dimensions: [],
    from: request.from.code,
    to: request.to.code,
  };
  const all = await Promise.all(
    request.reporters.map((reporter) => context.loaders.versions.load({ ...of, reporter })),
  );
  return request.reporters.flatMap((reporter, index) => {
    const pairs = [...cubes.keys()].map((name) => tables.get(name)?.get(reporter) as Pair);
    const revisions = revisionsIn(all[index] as Version[], "");
    const unknown = unknownIn(
      tables.get("")?.get(reporter),
      tables.get("CITIZENSHIP")?.get(reporter),
    );
    return (pairs[0] as Pair).periods.map((period, at) => {
      const changes = revisions.filter((revision) => revision.period === period.code);
      return {
        reporter,
        period,
        completeness: completenessOf(pairs, at, period.code),
        shareUnknown: unknown(at, period.code),
        meanAbsoluteRevision: rules.meanAbsoluteRevision(changes),
        madeOf: [
          ...pairs.flatMap((pair) => pair.madeOf.filter((one) => one.period === period.code)),
          ...changes.flatMap((revision) => revision[MADE_OF]),
        ],
      };
    });
  });
}

async function pairsOf(
  context: RequestContext<Loaders>,
  { reporters, from, to, around = false }: StatusRequest,
  indicator: IndicatorRecord,
  dimensions: DimensionCode[],
): Promise<Map<string, Pair>> {
  const asked = {
    reporters,
    indicators: [indicator],
    from,
    to,
    dimensions,
    citizenships: null,
    asOf: null,
    around,
  };
  return new Map((await loadPairs(context, asked)).map((pair) => [pair.reporter, pair]));
}

/** Which tables there are is told to whoever may see all of them. */
function completenessOf(pairs: readonly Pair[], at: number, period: string): number | null {
  if (!pairs.every((pair) => pair.decisions[at]?.allowed)) return null;
  return pairs.filter((pair) => pair.tables.has(period)).length / pairs.length;
}

/** The share in one period after the other; the series are made once. */
function unknownIn(
  total: Pair | undefined,
  parts: Pair | undefined,
): (at: number, period: string) => number | null {
  if (!total || !parts) return () => null;
  const [whole] = seriesOf(total, [], null);
  const [unknown] = seriesOf(parts, ["CITIZENSHIP"], ["_U"]);
  return (at, period) => {
    if (!parts.tables.has(period)) return null;
    const isAbsent = unknown?.values[at] === null && unknown.statuses[at] === "NOT_REPORTED";
    return rules.shareUnknown(
      whole?.values[at] ?? null,
      isAbsent ? 0 : (unknown?.values[at] ?? null),
    );
  };
}

function toStatus(
  { loaders, terms }: RequestContext<Loaders>,
  indicator: IndicatorRecord,
  { reporter, period, madeOf, ...quality }: Quality,
  known: Known,
): ReportingStatus {
  const key = `${reporter}/${indicator.code}/${period.code}`;
  const facts = known.facts.get(key) ?? null;
  const own = known.own.get(key) ?? null;
  const due = dueAt(period, dueDaysOf(indicator.code, loaders.catalogue.sets));
  const { completeness, shareUnknown, meanAbsoluteRevision } = quality;
  return {
    [MADE_OF]: madeOf.length === 0 ? NOTHING_SHOWN : madeOf,
    reporter: { code: reporter },
    indicator,
    period: period.code,
    state: rules.stateOf(facts, own, due, terms.now),
    dueAt: due,
    submittedAt: own?.submittedAt ?? null,
    releasedAt: facts?.firstReleasedAt ?? null,
    revisedAt: facts?.releasedAt ?? null,
    version: facts?.version ?? null,
    ...rules.timing(facts, period, due, terms.now),
    completeness,
    shareUnknown,
    meanAbsoluteRevision,
  };
}
