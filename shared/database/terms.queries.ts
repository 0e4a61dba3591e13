import type { DataSource, EntityManager } from "typeorm";
import type { Term, Terms } from "../policy/terms";
import type { Identity, PartnerFacts, PartnerKind } from "../viewer/viewer";
import { askAsViewer } from "./transaction";

/** A term as `sharing.terms_for` gives it. */
export interface TermRow {
  agreement_id: string;
  title: string;
  version: number;
  status: Term["status"];
  valid_from: Date | null;
  valid_until: Date | null;
  purposes: Term["purposes"];
  tlp: Term["tlp"];
  handling: Term["handling"];
  category: Term["category"];
  owners: string[];
  indicators: string[];
  detail: string[];
  contact_kinds: string[];
  data_from: string | null;
  data_until: string | null;
  disclosure_control: Term["control"];
  embargo_days: number;
  reciprocal: boolean;
  own_nationals: boolean;
}

export const TERM_COLUMNS = `t.agreement_id, t.title, t.version, t.status, t.valid_from, t.valid_until, t.purposes, t.tlp,
  t.handling, t.category, t.owners, t.indicators, t.detail, t.contact_kinds, t.data_from::text, t.data_until::text,
  t.disclosure_control, t.embargo_days, t.reciprocal, t.own_nationals`;

export const TERMS = `
SELECT now.now, p.kind AS partner_kind, p.country AS partner_country, ${TERM_COLUMNS}
FROM (SELECT sharing.instant() AS now) now LEFT JOIN sharing.my_partner() p ON true
LEFT JOIN sharing.my_terms() t ON true`;

interface AskingRow extends TermRow {
  now: Date;
  partner_kind: PartnerKind | null;
  partner_country: string | null;
}

/** What a request begins with: the facts of the partner that asks, and the terms that name it. */
export interface Standing {
  facts: PartnerFacts;
  terms: Terms;
}

/** Every term that names the viewer of this transaction, its partner's facts, and the database's clock. Read anew for each
 * request: nothing remembers a grant, so a revocation holds for the first request after it. */
export async function readStanding(dataSource: DataSource, viewer: Identity): Promise<Standing> {
  const rows = await askAsViewer<AskingRow>(dataSource, viewer, TERMS);
  const [first] = rows;
  return {
    facts: { kind: first?.partner_kind ?? null, country: first?.partner_country ?? null },
    terms: toTerms(rows),
  };
}

export function toTerms(rows: readonly (TermRow & { now: Date })[]): Terms {
  const now = rows[0]?.now ?? new Date(0);
  return { now, all: rows.filter((row) => row.agreement_id !== null).map(toTerm) };
}

export function toTerm(row: TermRow): Term {
  return {
    agreementId: row.agreement_id,
    title: row.title,
    version: row.version,
    status: row.status,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    purposes: row.purposes,
    tlp: row.tlp,
    handling: row.handling,
    category: row.category,
    owners: row.owners,
    indicators: row.indicators,
    detail: row.detail,
    contactKinds: row.contact_kinds,
    dataFrom: row.data_from,
    dataUntil: row.data_until,
    control: row.disclosure_control,
    embargoDays: row.embargo_days,
    reciprocal: row.reciprocal,
    ownNationals: row.own_nationals,
  };
}

/** The database's clock, which does not move within a transaction. */
export async function readInstant(manager: EntityManager): Promise<Date> {
  const [row] = await manager.query("SELECT sharing.instant() AS now");
  return row.now;
}
