import { MADE_OF } from "../../../shared/graphql/shield";
import type { ContactKind } from "../../../shared/policy/terms";
import { dayOf } from "../input.rules";
import type { ContactRow, VersionRow } from "./contact.queries";
import { standingOf } from "./contact.rules";
import type { ContactVersion, LiaisonOfficer } from "./contact.type";

export function contactDetails(owner: string, kind: ContactKind) {
  return { category: "CONTACT_DETAILS", owner, kind } as const;
}

function fieldsOf(row: ContactRow) {
  const { name, title, organisation, email, phone, languages, hours } = row;
  return {
    name,
    title,
    organisation,
    email,
    phone,
    languages,
    hours,
    available24x7: row.always,
    alternateOf: row.alternate_of,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    verifiedAt: row.verified_at,
  };
}

/** As its readers see it. A liaison officer has every field that another contact has, and where it is posted. */
export function toContact(row: ContactRow): LiaisonOfficer {
  const madeOf = [contactDetails(row.owner, row.kind as ContactKind)];
  return { [MADE_OF]: madeOf, id: row.post, ...fieldsOf(row), postedTo: row.posted_to as string };
}

/** As its owner's people see it: whatever was granted, nobody else does. */
export function toVersion(row: VersionRow, now: Date): ContactVersion {
  const kind = row.kind as ContactKind;
  return {
    [MADE_OF]: [{ ...contactDetails(row.owner, kind), held: true }],
    ...fieldsOf(row),
    id: row.id,
    contact: row.post,
    kind,
    version: row.version,
    postedTo: row.posted_to,
    standing: standingOf(row, dayOf(now)),
    submittedBy: row.submitted_by,
    submittedAt: row.submitted_at,
    decidedBy: row.decided_by,
    reason: row.reason,
  };
}
