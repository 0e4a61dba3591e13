import type { LabelsOf, PolicyMap } from "../../../shared/policy/sensitivity";
import type { BorderRow, MirrorComparison } from "./border.type";
import type { AnalysisContents } from "./contents.type";
import type { CoverageRow, DefinitionNote, QualityRow } from "./coverage.type";
import type * as sections from "./section.type";

const inherited = "INHERITED";
const figures = "ANALYSIS";

/** All of it is reached through one object that says which tables it was made of. */
export const contentsPolicy = {
  AnalysisContents: {
    coverage: figures,
    sections: figures,
    borders: figures,
    mirrors: figures,
    quality: figures,
    definitions: figures,
    leftOut: figures,
    tlp: figures,
    markings: figures,
  } satisfies LabelsOf<AnalysisContents>,
  CoverageRow: {
    reporter: inherited,
    indicator: inherited,
    periods: inherited,
    states: inherited,
  } satisfies LabelsOf<CoverageRow>,
  QualityRow: {
    reporter: inherited,
    indicator: inherited,
    timelinessDays: inherited,
    punctualityDays: inherited,
    completeness: inherited,
    shareUnknown: inherited,
    meanAbsoluteRevision: inherited,
  } satisfies LabelsOf<QualityRow>,
  DefinitionNote: {
    reporter: inherited,
    indicator: inherited,
    period: inherited,
    status: inherited,
  } satisfies LabelsOf<DefinitionNote>,
  BorderRow: {
    section: inherited,
    reporter: inherited,
    direction: inherited,
    periods: inherited,
    values: inherited,
    statuses: inherited,
    vintage: inherited,
    sources: inherited,
  } satisfies LabelsOf<BorderRow>,
  MirrorComparison: {
    section: inherited,
    period: inherited,
    into: inherited,
    from: inherited,
    entries: inherited,
    exits: inherited,
    logRatio: inherited,
    flagged: inherited,
    vintage: inherited,
    sources: inherited,
  } satisfies LabelsOf<MirrorComparison>,
  IndicatorSection: {
    indicator: inherited,
    reporters: inherited,
    sum: inherited,
    topTens: inherited,
  } satisfies LabelsOf<sections.IndicatorSection>,
  ReporterRow: {
    reporter: inherited,
    value: inherited,
    status: inherited,
    previous: inherited,
    previousStatus: inherited,
    change: inherited,
    changePercent: inherited,
    share: inherited,
    highestShare: inherited,
    quarters: inherited,
    quarterStatuses: inherited,
    vintage: inherited,
    previousVintage: inherited,
    sources: inherited,
  } satisfies LabelsOf<sections.ReporterRow>,
  SectionSum: {
    value: inherited,
    previous: inherited,
    status: inherited,
    change: inherited,
    changePercent: inherited,
    included: inherited,
    leftOut: inherited,
  } satisfies LabelsOf<sections.SectionSum>,
  TopTen: {
    reporter: inherited,
    rows: inherited,
    others: inherited,
    othersStatus: inherited,
    vintage: inherited,
    sources: inherited,
  } satisfies LabelsOf<sections.TopTen>,
  CitizenshipRow: {
    citizenship: inherited,
    value: inherited,
    share: inherited,
    previous: inherited,
    previousStatus: inherited,
    change: inherited,
    changePercent: inherited,
  } satisfies LabelsOf<sections.CitizenshipRow>,
} as const satisfies PolicyMap;
