import { markingOf } from "../../../shared/graphql/marking";
import { MADE_OF } from "../../../shared/graphql/shield";
import type { Profile } from "../../../shared/policy/decide";
import type { DraftRow, ProfileRow } from "./profile.queries";
import type { OpenState } from "./profile.rules";
import type { CountryProfile, ProfileDraft } from "./profile.type";

export function profileOf(owner: string): Profile {
  return { category: "PROFILE", owner };
}

function bodyOf(row: ProfileRow) {
  return {
    version: row.version,
    sections: row.sections,
    source: row.source,
    handlingNote: row.handling_note,
    migrationRoles: row.migration_roles,
    marking: markingOf(row.tlp, row.handling, row.originator),
    presentedAtMeeting: row.meeting,
  };
}

export function toProfile(row: ProfileRow): CountryProfile {
  return {
    [MADE_OF]: [profileOf(row.owner)],
    ...bodyOf(row),
    publishedAt: row.published_at as string,
  };
}

/** As its owner's people see it: whatever was granted, nobody else does. */
export function toDraft(row: DraftRow): ProfileDraft {
  return {
    [MADE_OF]: [{ ...profileOf(row.owner), held: true }],
    ...bodyOf(row),
    id: `${row.owner}-${row.version}`,
    state: row.state as OpenState,
    revision: row.revision,
    writtenBy: row.written_by,
    submittedBy: row.submitted_by,
    reason: row.reason,
  };
}
