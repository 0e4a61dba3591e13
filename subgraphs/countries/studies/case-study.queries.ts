import type { EntityManager } from "typeorm";
import { MY_NETWORKS, readerParameters, STUDY_PREDICATE } from "../../../shared/policy/scope";
import type { HandlingCode, Tlp } from "../../../shared/policy/terms";
import { UUID } from "../../../shared/uuid";
import type { Viewer } from "../../../shared/viewer/viewer";
import { readPage } from "../paging";
import type { StudyState } from "./case-study.rules";

export interface StudyRow {
  id: string;
  owner: string;
  exercise: boolean;
  revision: number;
  title: string;
  summary: string;
  lessons: string[];
  meeting: number | null;
  tlp: Tlp;
  handling: HandlingCode[];
  handling_note: string | null;
  state: StudyState;
  shared_at: Date | null;
  to_networks: string[];
  to_partners: string[];
  proposed_by: string | null;
  proposed_by_approver: boolean;
  /** The reader's, at this moment. */
  networks: string[];
}

const STUDY = `
SELECT s.id, s.owner, s.exercise, s.revision, s.title, s.summary, s.lessons, countries.meeting_number(s.meeting_id) AS meeting,
  s.tlp, s.handling, s.handling_note, s.state, s.shared_at, s.to_networks, s.to_partners, s.proposed_by, s.proposed_by_approver,
  me.networks, coalesce(s.shared_at, s.written_at) AS rank
FROM ${MY_NETWORKS} CROSS JOIN countries.case_study s WHERE ${STUDY_PREDICATE}`;

/** Real cases or exercises, never both: neither is counted with the other. Newest first. */
export function readStudies(
  manager: EntityManager,
  viewer: Viewer | null,
  exercise: boolean,
  slice: { first: number; after: string | null },
) {
  return readPage<StudyRow>(
    manager,
    `${STUDY} AND s.exercise = $2`,
    [...readerParameters(viewer), exercise],
    slice,
  );
}

export async function readStudy(
  manager: EntityManager,
  viewer: Viewer | null,
  id: string,
): Promise<StudyRow | null> {
  if (!UUID.test(id)) return null;
  const [row]: StudyRow[] = await manager.query(`${STUDY} AND s.id = $2`, [
    ...readerParameters(viewer),
    id,
  ]);
  return row ?? null;
}
