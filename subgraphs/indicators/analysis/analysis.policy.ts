import type { LabelsOf, PolicyMap, Sensitivity } from "../../../shared/policy/sensitivity";
import type * as types from "./analysis.type";
import { contentsPolicy } from "./contents.policy";

const open = "PUBLIC";
const inherited = "INHERITED";
const partner = "PARTNER";
const acting = "ACTING";

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
  AnalysisText: {
    section: inherited,
    body: inherited,
    writtenAt: inherited,
  } satisfies LabelsOf<types.AnalysisText>,
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
  AnalysisPayload: {
    analysis: inherited,
    userErrors: inherited,
  } satisfies LabelsOf<types.AnalysisPayload>,
  ...contentsPolicy,
} as const satisfies PolicyMap;
