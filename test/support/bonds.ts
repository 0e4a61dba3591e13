import { AGREEMENT_STATUSES, type AgreementStatus } from "../../shared/policy/terms";

/** An agreement of one owner with PAK: every status, before, at and after each end of its validity. */
export interface Bond {
  status: AgreementStatus;
  /** Milliseconds from now. */
  from: number;
  until: number | null;
}

const MINUTE = 60_000;
export const BONDS: readonly Bond[] = AGREEMENT_STATUSES.flatMap((status) =>
  [-MINUTE, 0, 1].flatMap((from) =>
    [0, 1, null].flatMap((until) =>
      until !== null && until <= from ? [] : [{ status, from, until }],
    ),
  ),
);

export function isInForce({ status, from, until }: Bond): boolean {
  return status === "ACTIVE" && from <= 0 && until !== 0;
}

/** One owner a bond: OWNERAA, OWNERAB and so on. */
export function ownerOf(at: number): string {
  return `OWNER${String.fromCharCode(65 + Math.floor(at / 26), 65 + (at % 26))}`;
}

type Query = (text: string, values?: unknown[]) => Promise<unknown>;

export async function storeBond(
  query: Query,
  owner: string,
  { status, from, until }: Bond,
  now: Date,
): Promise<void> {
  const instant = (offset: number | null) =>
    offset === null ? null : new Date(now.getTime() + offset);
  await query("INSERT INTO sharing.partner VALUES ($1, 'O', 'INSTITUTION')", [owner]);
  await query(BOND, [owner, instant(from), instant(until), status]);
}

/** What each status of an agreement is, in what its parties have done. */
const BOND = `
WITH a AS (INSERT INTO sharing.agreement (id, title, kind, convener) VALUES ($1, 'x', 'BILATERAL', $1)),
v AS (INSERT INTO sharing.agreement_version (agreement_id, version, valid_from, valid_until, proposed_by, proposed_at)
  VALUES ($1, 1, $2, $3, $1, now())),
t AS (INSERT INTO sharing.term (agreement_id, version, category, owners, viewers) VALUES ($1, 1, 'PROFILE', ARRAY[$1], '{PAK}')),
p AS (INSERT INTO sharing.party (agreement_id, partner, standing, since) SELECT $1, partner,
  CASE WHEN partner = $1 AND $4 = 'SUSPENDED' THEN 'SUSPENDED' WHEN partner = $1 AND $4 = 'REVOKED' THEN 'WITHDRAWN' ELSE 'STANDING' END,
  now() FROM unnest(ARRAY[$1, 'PAK']) AS partner)
INSERT INTO sharing.signature (agreement_id, version, partner, state, since) SELECT $1, 1, partner,
  CASE WHEN partner = $1 AND $4 IN ('PROPOSED', 'DECLINED') THEN $4 ELSE 'SIGNED' END, now() FROM unnest(ARRAY[$1, 'PAK']) AS partner`;
