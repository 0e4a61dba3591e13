import { type EntityManager, In } from "typeorm";
import type { Category, Control, HandlingCode, Tlp } from "../../../shared/policy/terms";
import type { Purpose } from "../../../shared/viewer/purpose";
import { PartnerRecord } from "../partners/partner.entity";
import type { Act, SignatureState, Standing } from "./agreement.rules";
import type { AgreementKind } from "./agreement.type";

export interface TermRow {
  id: number;
  category: Category;
  owners: string[];
  viewers: string[];
  groups: string[];
  indicators: string[];
  detail: string[];
  contact_kinds: string[];
  data_from: string | null;
  data_until: string | null;
  disclosure_control: Control;
  embargo_days: number;
  reciprocal: boolean;
  own_nationals: boolean;
}

export interface VersionRow {
  version: number;
  valid_from: string | null;
  valid_until: string | null;
  note: string | null;
  purposes: Purpose[];
  tlp: Tlp;
  handling: HandlingCode[];
  handling_note: string | null;
  proposed_by: string;
  proposed_at: string;
  reason: string | null;
  terms: TermRow[];
  signatures: { partner: string; state: SignatureState; since: string }[];
}

export interface AgreementRow {
  id: string;
  title: string;
  kind: AgreementKind;
  convener: string;
  revision: number;
  /** Those with a term that names the reader (of a convener: all), oldest first. */
  versions: VersionRow[];
  parties: { partner: string; standing: Standing; since: string }[];
  acts: {
    at: string;
    version: number;
    partner: string;
    actor: string;
    approver: boolean;
    act: Act;
    reason: string | null;
  }[];
}

export interface AgreementPage {
  rows: AgreementRow[];
  total: number;
  hasPrevious: boolean;
}

/** The agreements that name the partner, from after an id on; the count is over the same ones and no others. */
export async function readAgreements(
  manager: EntityManager,
  partner: string,
  page: { first: number; after: string | null },
): Promise<AgreementPage> {
  const rows: AgreementRow[] = await manager.query(
    `${AGREEMENT} AND ($2::text IS NULL OR a.id > $2) ${BY_ID}`,
    [partner, page.after, page.first],
  );
  const [{ total, before }] = await manager.query(COUNTS, [partner, page.after]);
  return { rows, total, hasPrevious: before > 0 };
}

/** One of them; null where there is none of that id for this partner. */
export async function readAgreement(
  manager: EntityManager,
  partner: string,
  id: string,
): Promise<AgreementRow | null> {
  const [row]: AgreementRow[] = await manager.query(`${AGREEMENT} AND a.id = $2 ${BY_ID}`, [
    partner,
    id,
    1,
  ]);
  return row ?? null;
}

/** A term concerns those it names, whoever is in a group it names, and who convened the agreement. */
const NAMED = `($1 = ANY (t.owners) OR $1 = ANY (t.viewers) OR '*' = ANY (t.viewers) OR a.convener = $1
  OR t.groups && ARRAY(SELECT sharing.my_groups()))`;

const AGREEMENT = `
SELECT a.id, a.title, a.kind, a.convener, a.revision,
  (SELECT json_agg(v ORDER BY v.version) FROM (
    SELECT v.*, (SELECT json_agg(to_jsonb(t) ORDER BY t.id) FROM sharing.term t
             WHERE t.agreement_id = a.id AND t.version = v.version AND ${NAMED}) AS terms,
      coalesce((SELECT json_agg(json_build_object('partner', s.partner, 'state', s.state, 'since', s.since) ORDER BY s.partner)
        FROM sharing.signature s WHERE s.agreement_id = a.id AND s.version = v.version), '[]') AS signatures
    FROM sharing.agreement_version v WHERE v.agreement_id = a.id) v WHERE v.terms IS NOT NULL) AS versions,
  coalesce((SELECT json_agg(p ORDER BY p.partner) FROM sharing.party p WHERE p.agreement_id = a.id), '[]') AS parties,
  coalesce((SELECT json_agg(e ORDER BY e.id) FROM sharing.act e WHERE e.agreement_id = a.id), '[]') AS acts
FROM sharing.agreement a
WHERE EXISTS (SELECT FROM sharing.term t WHERE t.agreement_id = a.id AND ${NAMED})`;

const BY_ID = "ORDER BY a.id LIMIT $3";

const COUNTS = `
SELECT count(*)::int AS total, (count(*) FILTER (WHERE a.id <= $2))::int AS before
FROM sharing.agreement a
WHERE EXISTS (SELECT FROM sharing.term t WHERE t.agreement_id = a.id AND ${NAMED})`;

export async function readTitles(
  manager: EntityManager,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows: { id: string; title: string }[] = await manager.query(
    "SELECT id, title FROM sharing.agreement WHERE id = ANY ($1)",
    [ids],
  );
  return new Map(rows.map(({ id, title }) => [id, title]));
}

export function readPartners(
  manager: EntityManager,
  codes: readonly string[],
): Promise<PartnerRecord[]> {
  return manager.find(PartnerRecord, { where: { code: In([...codes]) } });
}
