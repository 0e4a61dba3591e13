import type { EntityManager } from "typeorm";
import type { HandlingCode, Tlp } from "../../../shared/policy/terms";
import type { Viewer } from "../../../shared/viewer/viewer";
import type { Act } from "./signal.queries";
import type { SignalKind } from "./signal.type";

/** One partner's people take turns about one signal, until the end of the transaction. */
export async function lockSignal(
  manager: EntityManager,
  { partner }: Viewer,
  signal: string,
): Promise<void> {
  await manager.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 3))", [
    `${partner}/${signal}`,
  ]);
}

export async function insertAct(
  manager: EntityManager,
  { partner, id: actor }: Viewer,
  {
    signal,
    act,
    reason = null,
    alert = null,
  }: { signal: string; act: Act; reason?: string | null; alert?: string | null },
): Promise<void> {
  await manager.query(
    "INSERT INTO indicators.signal_act (owner, signal, act, reason, alert, actor) VALUES ($1, $2, $3, $4, $5, $6)",
    [partner, signal, act, reason, alert, actor],
  );
}

export interface AlertDraft {
  kind: SignalKind;
  indicator: string;
  period: string;
  reporter: string;
  citizenship: string | null;
  addresses: readonly string[];
  expires: Date;
  tlp: Tlp;
  handling: readonly HandlingCode[];
}

/** Has the alerts' schema draft a message in this person's name; out it goes only when a second one confirms it. */
export async function draftAlert(manager: EntityManager, draft: AlertDraft): Promise<string> {
  const { kind, indicator, period, reporter, citizenship, addresses, expires, tlp, handling } =
    draft;
  const [row] = await manager.query(
    "SELECT alerts.draft_of_signal($1, $2, $3, $4, $5, $6, $7, $8, $9) AS identifier",
    [kind, indicator, period, reporter, citizenship, addresses, expires, tlp, handling],
  );
  return row.identifier;
}

/** Those that are no partner of the exchange. */
export async function unknownPartners(
  manager: EntityManager,
  addresses: readonly string[],
): Promise<string[]> {
  const rows: { at: number }[] = await manager.query(
    "SELECT * FROM alerts.unknown_addresses($1) AS at",
    [JSON.stringify(addresses.map((partner) => ({ partner })))],
  );
  return rows.map(({ at }) => addresses[at] as string);
}
