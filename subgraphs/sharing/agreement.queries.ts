import { type EntityManager, In } from "typeorm";
import type { Period } from "../../shared/period";
import type { AgreementStatus, Category, Control } from "../../shared/policy/terms";
import type { AgreementKind } from "./agreement.type";
import { PartnerRecord } from "./partner.entity";

export interface TermRow {
  category: Category;
  owners: string[];
  viewers: string[];
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

export interface AgreementRow {
  id: string;
  title: string;
  kind: AgreementKind;
  status: AgreementStatus;
  valid_from: Date | null;
  valid_until: Date | null;
  note: string | null;
  terms: TermRow[];
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
  const rows: AgreementRow[] = await manager.query(AGREEMENTS, [partner, page.after, page.first]);
  const [{ total, before }] = await manager.query(COUNTS, [partner, page.after]);
  return { rows, total, hasPrevious: before > 0 };
}

const NAMED = "($1 = ANY (t.owners) OR $1 = ANY (t.viewers) OR '*' = ANY (t.viewers))";

const AGREEMENTS = `
SELECT a.id, a.title, a.kind, a.status, a.valid_from, a.valid_until, a.note,
       json_agg(to_jsonb(t) ORDER BY t.id) AS terms
FROM sharing.agreement a JOIN sharing.term t ON t.agreement_id = a.id AND ${NAMED}
WHERE $2::text IS NULL OR a.id > $2
GROUP BY a.id ORDER BY a.id LIMIT $3`;

const COUNTS = `
SELECT count(*)::int AS total, (count(*) FILTER (WHERE a.id <= $2))::int AS before
FROM sharing.agreement a
WHERE EXISTS (SELECT FROM sharing.term t WHERE t.agreement_id = a.id AND ${NAMED})`;

export function readPartners(manager: EntityManager, codes: readonly string[]): Promise<PartnerRecord[]> {
  return manager.find(PartnerRecord, { where: { code: In([...codes]) } });
}

/** Dimensions of an indicator of the catalogue; null where there is none of that code. */
export async function readDimensions(manager: EntityManager, indicator: string): Promise<string[] | null> {
  const [row] = await manager.query("SELECT indicators.dimensions_of($1) AS dimensions", [indicator]);
  return row.dimensions;
}

/** Whether own nationals are kept from the countries they come from. */
export async function readProtection(manager: EntityManager, indicator: string): Promise<boolean> {
  const [row] = await manager.query("SELECT indicators.protects_citizens($1) AS protects", [indicator]);
  return row.protects === true;
}

/** When owners released an indicator for a period; owners that have not are missing. */
export async function readReleases(
  manager: EntityManager,
  owners: readonly string[],
  indicator: string,
  period: Period,
): Promise<Map<string, Date>> {
  const rows: { owner: string; released_at: Date }[] = await manager.query(
    "SELECT owner, released_at FROM indicators.released_at($1, $2, $3, $4) WHERE period = $5",
    [owners, [indicator], period.start, period.end, period.code],
  );
  return new Map(rows.map((row) => [row.owner, row.released_at]));
}
