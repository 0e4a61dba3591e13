import type { Catalogue } from "../catalogue/catalogue";
import type { PartRow, TextRow } from "./analysis.queries";
import type { AnalysisComment, AnalysisPart, AnalysisSection, AnalysisText } from "./analysis.type";

/** The API's own objects; stored rows never leave the subgraph. */
export function toText({ section, body, at }: TextRow): AnalysisText {
  return { section: section as AnalysisSection, body, writtenAt: at };
}

export function toComment({ section, body, owner, actor, at }: TextRow): AnalysisComment {
  return {
    country: { code: owner as string },
    section: section as AnalysisSection,
    body,
    author: actor,
    at,
  };
}

export function toPart(row: PartRow, catalogue: Catalogue): AnalysisPart {
  const { id, owner, audience, tlp } = row;
  return {
    id,
    country: { code: owner },
    audience,
    tlp,
    indicators: row.indicators.flatMap((code) => catalogue.indicator(code) ?? []),
    proposedBy: row.proposed_by,
    clearedBy: row.cleared_by,
    clearedAt: row.cleared_at,
    withdrawnAt: row.withdrawn_at,
  };
}
