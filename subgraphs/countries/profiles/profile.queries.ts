import type { EntityManager } from "typeorm";
import type { HandlingCode, Tlp } from "../../../shared/policy/terms";
import type { MigrationRole, ProfileState } from "./profile.rules";

export interface ProfileRow {
  owner: string;
  version: number;
  published_at: string | null;
  sections: { key: string; title: string; body: string }[];
  migration_roles: MigrationRole[];
  tlp: Tlp;
  handling: HandlingCode[];
  handling_note: string | null;
  originator: string;
  source: string;
  meeting: number | null;
}

export interface DraftRow extends ProfileRow {
  state: ProfileState;
  revision: number;
  written_by: string;
  submitted_by: string | null;
  submitted_by_approver: boolean;
  reason: string | null;
}

const COLUMNS = `p.owner, p.version, p.published_at::text, p.sections, p.migration_roles, p.tlp, p.handling, p.handling_note,
  p.originator, p.source, countries.meeting_number(p.presented_at) AS meeting`;

/** What is published, the newest first; only of owners that were decided open. */
export function readProfiles(
  manager: EntityManager,
  open: readonly string[],
): Promise<ProfileRow[]> {
  return manager.query(
    `SELECT ${COLUMNS} FROM countries.profile p WHERE p.owner = ANY ($1) AND p.state = 'PUBLISHED'
     ORDER BY p.owner, p.version DESC`,
    [open],
  );
}

/** The one version that the owner works on, if it does. */
export async function readDraft(manager: EntityManager, owner: string): Promise<DraftRow | null> {
  const [row]: DraftRow[] = await manager.query(
    `SELECT ${COLUMNS}, p.state, p.revision, p.written_by, p.submitted_by, p.submitted_by_approver, p.reason
     FROM countries.profile p WHERE p.owner = $1 AND p.state <> 'PUBLISHED'`,
    [owner],
  );
  return row ?? null;
}
