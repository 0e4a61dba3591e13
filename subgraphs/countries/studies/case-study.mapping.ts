import { markingOf } from "../../../shared/graphql/marking";
import { MADE_OF } from "../../../shared/graphql/shield";
import type { SharedStudy } from "../../../shared/policy/shared-study";
import type { Viewer } from "../../../shared/viewer/viewer";
import type { StudyRow } from "./case-study.queries";
import type { CaseStudy } from "./case-study.type";

export function studyOf(
  row: Pick<StudyRow, "id" | "owner" | "state" | "to_partners" | "to_networks" | "networks">,
): SharedStudy {
  const {
    id,
    owner,
    state,
    to_partners: partners,
    to_networks: networks,
    networks: viewerIn,
  } = row;
  return {
    category: "CASE_STUDY",
    id,
    owner,
    shared: state === "SHARED",
    partners,
    networks,
    viewerIn,
  };
}

export function toStudy(row: StudyRow, viewer: Viewer | null): CaseStudy {
  const { id, owner, exercise, title, summary, lessons, meeting, state } = row;
  const isOwn = viewer?.partner === owner;
  return {
    [MADE_OF]: [studyOf(row)],
    id,
    owner,
    exercise,
    title,
    summary,
    lessons,
    meeting,
    state,
    marking: markingOf(row.tlp, row.handling, owner),
    handlingNote: row.handling_note,
    sharedAt: row.shared_at,
    sharedWith: isOwn
      ? { colep: row.to_networks.includes("COLEP"), partners: row.to_partners }
      : null,
    revision: isOwn ? row.revision : null,
  };
}
