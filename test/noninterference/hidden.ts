/** What happens in the second world only. Nothing of it may the viewer see; each line says why. */
import type { Client } from "pg";
import * as agreements from "../support/agreements";
import { act, approverOf, done, info, inHours, issue, officerOf } from "../support/alerts";
import { fetchDocument } from "../support/analysis";
import { isOpen } from "../support/expectation";
import type { House } from "../support/house";
import { analystOf, FUNDER, SECRETARIAT } from "../support/people";
import { byCitizenship, sendBack, submit, withdraw } from "../support/reports";
import { addEndpoint, changeGroup, proposeLevel, read } from "./before";
import { analysesOtherwise, communityOf, communityOtherwise } from "./hidden.community";
import { requestsOf, requestsOtherwise } from "./hidden.requests";
import type { World } from "./parting";
import { rewriting } from "./rewriting";

export interface Scene {
  readonly viewer: string;
  readonly house: House;
  readonly sql: Client;
  /** Partners that are not the viewer, and none of whose acts here is addressed to it. */
  readonly others: readonly string[];
}

export async function hide(viewer: string, { house, sql }: World): Promise<void> {
  const others = ["TUR", "AUT", "HUN", "DEU", "PAK", "IRQ", "SRB"].filter((partner) => partner !== viewer);
  const scene = { viewer, house, sql, others };
  await rewriting(sql, async () => {
    for (const change of OTHERWISE) await change(scene);
  });
  for (const change of BESIDES) await change(scene);
}

/** Contacts' details without a grant: the person is public as a post, the name and the address are not. */
async function details({ viewer, sql }: Scene): Promise<void> {
  const { rows } = await sql.query("SELECT contact_id, owner, kind FROM countries.contact_detail ORDER BY contact_id");
  const note = (kind: string) => (kind === "FOCAL_PERSON" ? "focal persons" : "national contact points");
  const closed = rows.filter(({ owner, kind }) => !isOpen(viewer, owner, "CONTACT_DETAILS", note(kind)));
  for (const [at, { contact_id }] of closed.entries()) {
    const change =
      at === 0
        ? "DELETE FROM countries.contact_detail WHERE contact_id = $1"
        : `UPDATE countries.contact_detail SET name = 'Other ' || name, email = 'other.' || email, phone = '0'
           WHERE contact_id = $1`;
    await sql.query(change, [contact_id]);
  }
}

/** Profiles that no agreement opens: their words, their number, and whether there is one. */
async function profiles({ viewer, sql }: Scene): Promise<void> {
  const { rows } = await sql.query("SELECT DISTINCT owner FROM countries.profile ORDER BY owner");
  const closed = rows.map(({ owner }) => owner).filter((owner) => !isOpen(viewer, owner, "PROFILE"));
  const [first, ...rest] = closed;
  if (first !== undefined) await sql.query("DELETE FROM countries.profile WHERE owner = $1", [first]);
  await sql.query("UPDATE countries.profile SET sections = '[]', tlp = 'RED' WHERE owner = ANY ($1)", [rest]);
  if (isOpen(viewer, "TUR", "PROFILE")) return;
  await sql.query(`INSERT INTO countries.profile (owner, version, published_at, sections, tlp, originator, source)
    VALUES ('TUR', 7, '2020-01-01', '[{"key": "X", "title": "Hidden", "body": "Hidden"}]', 'AMBER', 'TUR', 'none')`);
}

const NOT_FOR = `SELECT a.identifier, a.tlp FROM alerts.alert a JOIN alerts.release r USING (identifier)
WHERE a.owner <> $1 AND NOT EXISTS (SELECT FROM alerts.addressee d WHERE d.identifier = a.identifier
  AND (d.partner = $1 OR d.group_id IS NOT NULL))
  AND NOT EXISTS (SELECT FROM alerts.reference f WHERE a.identifier IN (f.refers_to, f.identifier))
ORDER BY a.identifier DESC`;

/** Of the messages that do not name the viewer the newest is not there, and the others say something else. */
async function wordings({ viewer, sql }: Scene): Promise<void> {
  const [newest, ...rest] = (await sql.query(NOT_FOR, [viewer])).rows.map(({ identifier }) => identifier);
  for (const table of ["receipt", "escalation", "addressee", "release", "audience", "alert"])
    await sql.query(`DELETE FROM alerts.${table} WHERE identifier = $1`, [newest]);
  const hidden = `UPDATE alerts.alert SET info = jsonb_set(info, '{0,headline}', '"Hidden"'), incidents = '{HIDDEN}'`;
  await sql.query(`${hidden} WHERE identifier = ANY ($1)`, [rest]);
}

/** More messages, to others. A draft that names the viewer has not gone out. */
async function warnings({ viewer, house, others }: Scene): Promise<void> {
  const [from, to] = others as [string, string];
  const text = { info: [info({ expires: inHours(60), headline: "Hidden" })] };
  for (const key of ["fresh", "alert-0"]) {
    const once = { addresses: { partners: [to] }, idempotencyKey: `${key}-${from}` };
    const { identifier } = await issue(house, officerOf(from), { ...text, ...once });
    await act(house, approverOf(from), "confirmAlert", { alert: identifier });
  }
  if (viewer.length !== 3) return;
  const persons = [`${viewer}/${officerOf(viewer)}`];
  await issue(house, officerOf(from), { ...text, tlp: "RED", addresses: { persons } });
}

/** A message that the viewer has: others answer it, and its update goes to others only. */
async function updates({ viewer, house, sql }: Scene): Promise<void> {
  const { rows } = await sql.query(
    `SELECT a.identifier, a.owner, d.partner AS other FROM alerts.alert a JOIN alerts.release r USING (identifier)
       JOIN alerts.addressee v ON v.identifier = a.identifier AND v.partner = $1
       JOIN alerts.addressee d ON d.identifier = a.identifier AND d.partner <> $1
     WHERE a.tlp = 'AMBER' AND NOT EXISTS (SELECT FROM alerts.reference f WHERE f.refers_to = a.identifier)
     ORDER BY a.identifier DESC LIMIT 1`,
    [viewer],
  );
  for (const { identifier, owner, other } of rows) {
    await act(house, approverOf(other), "acknowledgeAlert", { alert: identifier });
    const input = { alert: identifier, tlp: "AMBER", addresses: { partners: [other] } };
    await done(house, officerOf(owner), "updateAlert", {
      ...input,
      info: [info({ expires: inHours(50), headline: "Hidden" })],
    });
  }
}

const BETWEEN_OTHERS = `SELECT a.id, p.partner FROM sharing.agreement a
JOIN sharing.party p ON p.agreement_id = a.id AND p.partner <> a.convener
WHERE a.id LIKE 'A-%' AND NOT EXISTS (SELECT FROM sharing.party v WHERE v.agreement_id = a.id AND v.partner = $1)
ORDER BY a.id`;

async function titles({ viewer, sql }: Scene): Promise<void> {
  const ids = (await sql.query(BETWEEN_OTHERS, [viewer])).rows.map(({ id }) => id);
  await sql.query("UPDATE sharing.agreement SET title = 'Hidden' WHERE id = ANY ($1)", [ids]);
}

/** Agreements between others: one is declined, the rest are signed, and there is one more. */
async function promises({ viewer, house, sql, others }: Scene): Promise<void> {
  const { rows } = await sql.query(BETWEEN_OTHERS, [viewer]);
  for (const [at, { id, partner }] of rows.entries()) {
    const act = at === 0 ? "declineAgreement" : "acceptAgreement";
    await agreements.act(house, approverOf(partner), act, { id, version: 1, reason: "none" });
  }
  const [owner, reader] = others as [string, string];
  const terms = [{ ...agreements.TERM, owners: [owner], viewers: [reader], indicators: ["FAC"] }];
  await agreements.propose(house, officerOf(owner), { title: "Hidden", terms, idempotencyKey: "fresh" });
}

/** Groups that others keep, the viewer among their members or not: nothing rests on them. */
async function groups({ viewer, house, others }: Scene): Promise<void> {
  const [owner] = others as [string];
  const add = viewer.length >= 3 && viewer !== "nobody" ? [viewer] : ["IRN"];
  for (const client of [officerOf(owner), approverOf(owner)]) {
    await changeGroup(house, client, { id: "HIDDEN", name: "Hidden", add });
    await changeGroup(house, client, { id: "NEIGHBOURS", name: "Neighbours", add: ["BGD"] });
  }
}

/** What waits for a second person at others, and what was sent back there. */
async function submissions({ house, sql, others }: Scene): Promise<void> {
  const { rows } = await sql.query(
    "SELECT id, owner FROM indicators.submission WHERE state = 'SUBMITTED' AND owner = ANY ($1) ORDER BY owner",
    [others],
  );
  const [first, second] = rows;
  if (first) await sendBack(house, approverOf(first.owner), first.id, ["Hidden"]);
  if (second) await withdraw(house, officerOf(second.owner), second.id);
  for (const country of others.slice(0, 3)) {
    const input = { indicator: "ASY", period: "2023-Q2", figures: byCitizenship({ AFG: 11, SYR: 7 }), comment: "none" };
    const { report, userErrors } = await submit(house, officerOf(country), input);
    if (!report) throw new Error(JSON.stringify(userErrors));
  }
}

/** Levels proposed to others by others, which no state has agreed to. */
async function levelsBetween({ viewer, sql }: Scene): Promise<void> {
  await sql.query("UPDATE alerts.impact_level SET level = 'LOW' WHERE owner <> $1 AND proposed_by <> $1", [viewer]);
}

async function levels({ viewer, house, others }: Scene): Promise<void> {
  const sections: Readonly<Record<string, string>> = { TUR: "IRN-TUR", PAK: "AFG-PAK" };
  const [state, section] = Object.entries(sections).find(([state]) => others.includes(state)) as [string, string];
  await proposeLevel(house, officerOf(viewer === "UNODC" ? "FRONTEX" : "UNODC"), {
    section,
    state,
    period: "2026-Q2",
    level: "HIGH",
  });
}

async function endpoints({ viewer, sql, others }: Scene): Promise<void> {
  await sql.query("UPDATE alerts.endpoint SET url = url || 'hidden' WHERE owner <> $1", [viewer]);
  for (const owner of others) await addEndpoint(sql, owner);
}

/** Lines in the logs of others, and none in the viewer's: who takes a document along reads the United Kingdom's figures only. */
async function readings({ viewer, house, others }: Scene): Promise<void> {
  if (viewer !== "GBR") await fetchDocument(house, viewer === "NLD" ? SECRETARIAT : FUNDER, "year=2015");
  for (const partner of others.slice(0, 4))
    await read(
      house,
      analystOf(partner),
      others.filter((owner) => owner !== viewer),
    );
}

/** What nobody could do, since tables only grow; and what people do. */
const OTHERWISE = [
  ...[details, profiles, wordings, titles, levelsBetween, endpoints],
  ...[requestsOtherwise, communityOtherwise, analysesOtherwise],
];
const BESIDES = [...[warnings, updates, promises, groups, submissions, levels], ...[requestsOf, communityOf, readings]];
