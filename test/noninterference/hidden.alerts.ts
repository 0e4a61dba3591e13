/** Of messages, levels and addresses to call: what does not name the viewer. */
import { act, approverOf, info, inHours, issue, officerOf } from "../support/alerts";
import { addEndpoint, proposeLevel } from "./before";
import type { Scene } from "./hidden";

const NOT_FOR = `SELECT a.identifier, a.tlp FROM alerts.alert a JOIN alerts.release r USING (identifier)
WHERE a.owner <> $1 AND NOT EXISTS (SELECT FROM alerts.addressee d WHERE d.identifier = a.identifier
  AND (d.partner = $1 OR d.group_id IS NOT NULL))
  AND NOT EXISTS (SELECT FROM alerts.reference f WHERE a.identifier IN (f.refers_to, f.identifier))
ORDER BY a.identifier DESC`;

/** Of the messages that do not name the viewer the newest is not there, and the others say something else. */
export async function wordings({ viewer, sql }: Scene): Promise<void> {
  const [newest, ...rest] = (await sql.query(NOT_FOR, [viewer])).rows.map(
    ({ identifier }) => identifier,
  );
  for (const table of [
    "origin",
    "receipt",
    "escalation",
    "addressee",
    "release",
    "audience",
    "alert",
  ])
    await sql.query(`DELETE FROM alerts.${table} WHERE identifier = $1`, [newest]);
  const hidden = `UPDATE alerts.alert SET info = jsonb_set(info, '{0,headline}', '"Hidden"'), incidents = '{HIDDEN}'`;
  await sql.query(`${hidden} WHERE identifier = ANY ($1)`, [rest]);
}

/** More messages, to others. A draft that names the viewer has not gone out. */
export async function warnings({ viewer, exchange, others }: Scene): Promise<void> {
  const [from, to] = others as [string, string];
  const text = { info: [info({ expires: inHours(60), headline: "Hidden" })] };
  for (const key of ["fresh", "alert-0"]) {
    const once = { addresses: { partners: [to] }, idempotencyKey: `${key}-${from}` };
    const { identifier } = await issue(exchange, officerOf(from), { ...text, ...once });
    await act(exchange, approverOf(from), "confirmAlert", { alert: identifier });
  }
  if (viewer.length !== 3) return;
  const persons = [`${viewer}/${officerOf(viewer)}`];
  await issue(exchange, officerOf(from), { ...text, tlp: "RED", addresses: { persons } });
}

/** A message that the viewer has, and others too: they answer it. That it ends is no secret from who has it. */
export async function updates({ viewer, exchange, sql }: Scene): Promise<void> {
  const { rows } = await sql.query(
    `SELECT a.identifier, d.partner AS other FROM alerts.alert a JOIN alerts.release r USING (identifier)
       JOIN alerts.addressee v ON v.identifier = a.identifier AND v.partner = $1
       JOIN alerts.addressee d ON d.identifier = a.identifier AND d.partner <> $1
     WHERE a.tlp = 'AMBER' AND NOT EXISTS (SELECT FROM alerts.reference f WHERE f.refers_to = a.identifier)
     ORDER BY a.identifier DESC LIMIT 1`,
    [viewer],
  );
  for (const { identifier, other } of rows)
    await act(exchange, approverOf(other), "acknowledgeAlert", { alert: identifier });
}

/** Levels proposed to others by others, which no state has agreed to. */
export async function levelsBetween({ viewer, sql }: Scene): Promise<void> {
  await sql.query(
    "UPDATE alerts.impact_level SET level = 'LOW' WHERE owner <> $1 AND proposed_by <> $1",
    [viewer],
  );
}

export async function levels({ viewer, exchange, others }: Scene): Promise<void> {
  const sections: Readonly<Record<string, string>> = { TUR: "IRN-TUR", PAK: "AFG-PAK" };
  const [state, section] = Object.entries(sections).find(([state]) => others.includes(state)) as [
    string,
    string,
  ];
  await proposeLevel(exchange, officerOf(viewer === "UNODC" ? "FRONTEX" : "UNODC"), {
    section,
    state,
    period: "2026-Q2",
    level: "HIGH",
  });
}

export async function endpoints({ viewer, sql, others }: Scene): Promise<void> {
  await sql.query("UPDATE alerts.endpoint SET url = url || 'hidden' WHERE owner <> $1", [viewer]);
  for (const owner of others) await addEndpoint(sql, owner);
}
