import type { EntityManager } from "typeorm";
import { mayApprove, type Viewer } from "../../../shared/viewer/viewer";
import type { Act, SignatureState, Standing } from "./agreement.rules";

/** The statements of the subgraph's writes. Row-level security and the database's guards hold for each of them. */

/** Everybody who acts on one agreement takes turns from here to the end of the transaction. */
export async function lockAgreement(manager: EntityManager, id: string): Promise<void> {
  await manager.query("SELECT FROM sharing.agreement WHERE id = $1 FOR UPDATE", [id]);
}

export async function insertAgreement(
  manager: EntityManager,
  agreement: { id: string; title: string; kind: string; convener: string },
): Promise<void> {
  const { id, title, kind, convener } = agreement;
  await manager.query(
    "INSERT INTO sharing.agreement (id, title, kind, convener, revision) VALUES ($1, $2, $3, $4, 0)",
    [id, title, kind, convener],
  );
}

export interface VersionToStore {
  agreementId: string;
  version: number;
  proposedBy: string;
  validFrom: Date;
  validUntil: Date | null;
  note: string | null;
  purposes: readonly string[];
  tlp: string;
  handling: readonly string[];
  handlingNote: string | null;
  reason: string | null;
  terms: readonly TermToStore[];
  signatories: readonly string[];
}

export interface TermToStore {
  category: string;
  owners: readonly string[];
  viewers: readonly string[];
  groups: readonly string[];
  indicators: readonly string[];
  detail: readonly string[];
  contact_kinds: readonly string[];
  data_from: string | null;
  data_until: string | null;
  disclosure_control: string;
  embargo_days: number;
  reciprocal: boolean;
  own_nationals: boolean;
}

/** A version with its terms, and an open place for the signature of each who has to sign. */
export async function insertVersion(
  manager: EntityManager,
  version: VersionToStore,
): Promise<void> {
  const { agreementId, version: number, signatories } = version;
  await manager.query(INSERT_VERSION, [
    agreementId,
    number,
    version.validFrom,
    version.validUntil,
    version.note,
    version.purposes,
    version.tlp,
    version.handling,
    version.handlingNote,
    version.proposedBy,
    version.reason,
  ]);
  await manager.query(INSERT_TERMS, [agreementId, number, JSON.stringify(version.terms)]);
  await manager.query(
    `INSERT INTO sharing.party (agreement_id, partner, since) SELECT $1, unnest($2::text[]), sharing.instant()
     ON CONFLICT DO NOTHING`,
    [agreementId, signatories],
  );
  await manager.query(
    `INSERT INTO sharing.signature (agreement_id, version, partner, since)
     SELECT $1, $2, unnest($3::text[]), sharing.instant()`,
    [agreementId, number, signatories],
  );
}

const INSERT_VERSION = `
INSERT INTO sharing.agreement_version (agreement_id, version, valid_from, valid_until, note, purposes, tlp, handling,
  handling_note, proposed_by, proposed_at, reason)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, sharing.instant(), $11)`;

const INSERT_TERMS = `
INSERT INTO sharing.term (agreement_id, version, category, owners, viewers, groups, indicators, detail, contact_kinds,
  data_from, data_until, disclosure_control, embargo_days, reciprocal, own_nationals)
SELECT $1, $2, category, owners, viewers, groups, indicators, detail, contact_kinds, data_from, data_until,
  disclosure_control, embargo_days, reciprocal, own_nationals
FROM jsonb_to_recordset($3::jsonb) AS t (category text, owners text[], viewers text[], groups text[], indicators text[],
  detail text[], contact_kinds text[], data_from date, data_until date, disclosure_control text, embargo_days integer,
  reciprocal boolean, own_nationals boolean)`;

export async function insertAct(
  manager: EntityManager,
  viewer: Viewer,
  act: { agreementId: string; version: number; act: Act; reason: string | null },
): Promise<void> {
  await manager.query(
    `INSERT INTO sharing.act (agreement_id, version, partner, actor, approver, act, reason)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      act.agreementId,
      act.version,
      viewer.partner,
      viewer.id,
      mayApprove(viewer),
      act.act,
      act.reason,
    ],
  );
  await manager.query(
    "UPDATE sharing.agreement SET revision = revision + 1, version = greatest(version, $2) WHERE id = $1",
    [act.agreementId, act.version],
  );
}

export async function setSignature(
  manager: EntityManager,
  of: { agreementId: string; version: number; partner: string },
  state: SignatureState,
): Promise<void> {
  await manager.query(
    `UPDATE sharing.signature SET state = $4, since = sharing.instant()
     WHERE agreement_id = $1 AND version = $2 AND partner = $3`,
    [of.agreementId, of.version, of.partner, state],
  );
}

export async function setStanding(
  manager: EntityManager,
  of: { agreementId: string; partner: string },
  standing: Standing,
): Promise<void> {
  await manager.query(
    "UPDATE sharing.party SET standing = $3, since = sharing.instant() WHERE agreement_id = $1 AND partner = $2",
    [of.agreementId, of.partner, standing],
  );
}
