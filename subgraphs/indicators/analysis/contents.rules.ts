import type { Marking } from "../../../shared/graphql/marking";
import { markingOf } from "../../../shared/graphql/marking";
import { type HandlingCode, TLPS, type Tlp } from "../../../shared/policy/terms";
import type { Catalogue } from "../catalogue/catalogue";
import type { ReportingStatus } from "../status/status.type";
import { BORDER_INDICATOR, borderRows, mirrorsOf, type Sides, sidesOf } from "./border.rules";
import type { AnalysisContents } from "./contents.type";
import { coverageOf, definitionsOf, qualityOf } from "./coverage.rules";
import { pairsIn, quartersOf, type Reading } from "./reading";
import { sectionOf } from "./section.rules";

/** From tables to all that an analysis says of them. Pure: the same for the viewer's own view and for the cleared version. */
export function contentsOf(
  reading: Reading,
  statuses: readonly ReportingStatus[],
  {
    catalogue,
    partners,
    markings,
  }: { catalogue: Catalogue; partners: readonly string[]; markings: readonly Marking[] },
): Omit<AnalysisContents, symbol> {
  const { year } = reading;
  const pairs = pairsIn(reading, BORDER_INDICATOR, ["BORDER_SECTION", "DIRECTION"], "Q");
  const sides = sidesIn(catalogue);
  const quarters = quartersOf(year);
  const reported = reportedIn(reading, statuses);
  const merged = strictestByOwner(markings);
  return {
    coverage: coverageOf(reading, statuses),
    sections: reading.indicators.map((indicator) =>
      sectionOf(reading, indicator, catalogue, (reporter) =>
        reported.has(`${reporter}/${indicator.code}`),
      ),
    ),
    borders: borderRows(pairs, sides, quarters, catalogue),
    mirrors: mirrorsOf(pairs, sides, [`${year - 1}-Q4`, ...quarters], catalogue),
    quality: qualityOf(reading, statuses),
    definitions: definitionsOf(reading),
    leftOut: leftOutOf(reading, partners),
    tlp: strictest(merged.map(({ tlp }) => tlp)),
    markings: merged,
  };
}

/** Public knowledge, or what stands in the tables at hand. */
function reportedIn(reading: Reading, statuses: readonly ReportingStatus[]): ReadonlySet<string> {
  const released = statuses.filter(({ releasedAt }) => releasedAt !== null);
  const shown = [...reading.pairs.values()].flat().filter(({ tables }) => tables.size > 0);
  return new Set([
    ...released.map(({ reporter, indicator }) => `${reporter.code}/${indicator.code}`),
    ...shown.map(({ reporter, indicator }) => `${reporter}/${indicator.code}`),
  ]);
}

function leftOutOf({ pairs }: Reading, partners: readonly string[]): { code: string }[] {
  const shown = new Set(
    [...pairs.values()]
      .flat()
      .flatMap(({ reporter, tables }) => (tables.size > 0 ? [reporter] : [])),
  );
  return partners.filter((reporter) => !shown.has(reporter)).map((code) => ({ code }));
}

function sidesIn({ codeLists }: Catalogue): Sides[] {
  return [...(codeLists.get("BORDER_SECTION") ?? [])].flatMap(
    ([code, name]) => sidesOf(code, name) ?? [],
  );
}

export function strictest(tlps: readonly Tlp[]): Tlp | null {
  return [...tlps].sort((one, other) => TLPS.indexOf(one) - TLPS.indexOf(other))[0] ?? null;
}

/** What is derived from several inputs is held as closely as the closest of them, with every restriction. */
function strictestByOwner(markings: readonly Marking[]): Marking[] {
  const owners = [...new Set(markings.map(({ originator }) => originator))].sort();
  return owners.map((owner) => {
    const own = markings.filter(({ originator }) => originator === owner);
    const handling = [...new Set<HandlingCode>(own.flatMap((one) => [...one.handling]))].sort();
    return markingOf(strictest(own.map(({ tlp }) => tlp)) as Tlp, handling, owner);
  });
}
