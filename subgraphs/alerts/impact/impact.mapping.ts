import { MADE_OF } from "../../../shared/graphql/shield";
import type { Addressee, AlertMessage } from "../../../shared/policy/addressed";
import type { Viewer } from "../../../shared/viewer/viewer";
import type { ImpactRow } from "./impact.queries";
import type { ImpactAssignment } from "./impact.type";

/**
 * A level is held like a message of the state concerned: its proposer reads it, and once the state has agreed whoever has an
 * agreement in force with that state.
 */
export function messageOf(
  row: Pick<ImpactRow, "id" | "owner" | "proposed_by" | "agreed_at">,
  viewer: Viewer | null,
): AlertMessage {
  const to = (partner: string, agreed: boolean): Addressee => ({
    partner,
    person: null,
    group: null,
    agreed,
  });
  const addressees = [
    to(row.proposed_by, false),
    ...(row.agreed_at && viewer ? [to(viewer.partner, true)] : []),
  ];
  return { category: "ALERT", owner: row.owner, identifier: row.id, addressees, groups: [] };
}

export function toImpact(row: ImpactRow, viewer: Viewer | null): ImpactAssignment {
  return {
    [MADE_OF]: [messageOf(row, viewer)],
    id: row.id,
    section: { code: row.section, name: row.section_name, states: row.states },
    state: { code: row.owner },
    period: row.period,
    level: row.level,
    until: row.until,
    proposedBy: { code: row.proposed_by },
    proposedAt: row.at,
    agreedAt: row.agreed_at,
  };
}
