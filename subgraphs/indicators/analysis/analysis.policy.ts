import type { LabelsOf, PolicyMap, Sensitivity } from "../../../shared/policy/sensitivity";
import type * as types from "./analysis.type";
import type { BorderRow, MirrorComparison } from "./border.type";
import type { AnalysisContents } from "./contents.type";
import type { CoverageRow, DefinitionNote, QualityRow } from "./coverage.type";
import type * as sections from "./section.type";

const open = "PUBLIC";
const inherited = "INHERITED";
const partner = "PARTNER";
const acting = "ACTING";
const figures = "ANALYSIS";

type Resolved = "state" | "publishedAt" | "narrative" | "comments" | "parts" | "own" | "cleared";

/** That an analysis is made is known to every partner; what stands in it is as closely held as the tables it is made of. */
export const analysisPolicy = {
  Query: { annualAnalysis: partner },
  Mutation: {
    conveneAnalysis: acting,
    writeAnalysis: acting,
    openAnalysis: acting,
    commentAnalysis: acting,
    proposeAnalysisPart: acting,
    clearAnalysisPart: acting,
    withdrawAnalysisPart: acting,
    closeAnalysis: acting,
    publishAnalysis: acting,
  },
  AnnualAnalysis: {
    year: open,
    state: partner,
    publishedAt: partner,
    narrative: partner,
    comments: acting,
    parts: acting,
    own: partner,
    cleared: partner,
  } satisfies LabelsOf<types.AnnualAnalysis> & Record<Resolved, Sensitivity>,
  AnalysisText: { section: inherited, body: inherited, writtenAt: inherited } satisfies LabelsOf<types.AnalysisText>,
  AnalysisComment: {
    country: inherited,
    section: inherited,
    body: inherited,
    author: inherited,
    at: inherited,
  } satisfies LabelsOf<types.AnalysisComment>,
  AnalysisPart: {
    id: inherited,
    country: inherited,
    indicators: inherited,
    audience: inherited,
    tlp: inherited,
    proposedBy: inherited,
    clearedBy: inherited,
    clearedAt: inherited,
    withdrawnAt: inherited,
  } satisfies LabelsOf<types.AnalysisPart>,
  AnalysisPayload: { analysis: inherited, userErrors: inherited } satisfies LabelsOf<types.AnalysisPayload>,
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
    change: inherited,
    changePercent: inherited,
    share: inherited,
    highestShare: inherited,
    quarters: inherited,
    quarterStatuses: inherited,
    vintage: inherited,
    sources: inherited,
  } satisfies LabelsOf<sections.ReporterRow>,
  SectionSum: {
    value: inherited,
    previous: inherited,
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
  } satisfies LabelsOf<sections.TopTen>,
  CitizenshipRow: {
    citizenship: inherited,
    value: inherited,
    share: inherited,
    previous: inherited,
    change: inherited,
    changePercent: inherited,
  } satisfies LabelsOf<sections.CitizenshipRow>,
} as const satisfies PolicyMap;
