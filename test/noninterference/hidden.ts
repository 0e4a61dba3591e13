/** What happens in the second world only. Nothing of it may the viewer see; each line says why. */
import type { Client } from "pg";
import * as agreements from "../support/agreements";
import { approverOf, officerOf } from "../support/alerts";
import { fetchDocument } from "../support/analysis";
import type { ExchangeUnderTest } from "../support/exchange-under-test";
import { isOpen } from "../support/expectation";
import { analystOf, FUNDER, READERS, SECRETARIAT } from "../support/people";
import { byCitizenship, sendBack, submit, withdraw } from "../support/reports";
import { changeGroup, read } from "./before";
import { endpoints, levels, levelsBetween, updates, warnings, wordings } from "./hidden.alerts";
import { analysesOtherwise, communityOf, communityOtherwise } from "./hidden.community";
import { requestsOf, requestsOtherwise } from "./hidden.requests";
import type { World } from "./parting";
import { rewriting } from "./rewriting";

export interface Scene {
  readonly viewer: string;
  readonly exchange: ExchangeUnderTest;
  readonly sql: Client;
  /** Partners that are not the viewer, and none of whose acts here is addressed to it. */
  readonly others: readonly string[];
}

export async function hide(viewer: string, { exchange, sql }: World): Promise<void> {
  const others = ["TUR", "AUT", "HUN", "DEU", "PAK", "IRQ", "SRB"].filter(
    (partner) => partner !== viewer,
  );
  const scene = { viewer, exchange, sql, others };
  await rewriting(sql, async () => {
    for (const change of OTHERWISE) await change(scene);
  });
  for (const change of BESIDES) await change(scene);
}

/** Contacts' details without a grant: the person is public as a post, the name and the address are not. */
async function details({ viewer, sql }: Scene): Promise<void> {
  const { rows } = await sql.query(
    "SELECT contact_id, owner, kind FROM countries.contact_detail ORDER BY contact_id",
  );
  const note = (kind: string) =>
    kind === "FOCAL_PERSON" ? "focal persons" : "national contact points";
  const closed = rows.filter(
    ({ owner, kind }) => !isOpen(viewer, owner, "CONTACT_DETAILS", note(kind)),
  );
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
  const closed = rows
    .map(({ owner }) => owner)
    .filter((owner) => !isOpen(viewer, owner, "PROFILE"));
  const [first, ...rest] = closed;
  if (first !== undefined)
    await sql.query("DELETE FROM countries.profile WHERE owner = $1", [first]);
  await sql.query(
    "UPDATE countries.profile SET sections = '[]', tlp = 'RED' WHERE owner = ANY ($1)",
    [rest],
  );
  if (isOpen(viewer, "TUR", "PROFILE")) return;
  await sql.query(`INSERT INTO countries.profile (owner, version, published_at, sections, tlp, originator, source)
    VALUES ('TUR', 7, '2020-01-01', '[{"key": "X", "title": "Hidden", "body": "Hidden"}]', 'AMBER', 'TUR', 'none')`);
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
async function promises({ viewer, exchange, sql, others }: Scene): Promise<void> {
  const { rows } = await sql.query(BETWEEN_OTHERS, [viewer]);
  for (const [at, { id, partner }] of rows.entries()) {
    const act = at === 0 ? "declineAgreement" : "acceptAgreement";
    await agreements.act(exchange, approverOf(partner), act, { id, version: 1, reason: "none" });
  }
  const [owner, reader] = others as [string, string];
  const terms = [{ ...agreements.TERM, owners: [owner], viewers: [reader], indicators: ["FAC"] }];
  await agreements.propose(exchange, officerOf(owner), {
    title: "Hidden",
    terms,
    idempotencyKey: "fresh",
  });
}

/** Groups that others keep, the viewer among their members or not: nothing rests on them. */
async function groups({ viewer, exchange, others }: Scene): Promise<void> {
  const [owner] = others as [string];
  const add = READERS.has(viewer) ? [viewer] : ["IRN"];
  for (const client of [officerOf(owner), approverOf(owner)]) {
    await changeGroup(exchange, client, { id: "HIDDEN", name: "Hidden", add });
    await changeGroup(exchange, client, { id: "NEIGHBOURS", name: "Neighbours", add: ["BGD"] });
  }
}

/** What waits for a second person at others, and what was sent back there. */
async function submissions({ exchange, sql, others }: Scene): Promise<void> {
  const { rows } = await sql.query(
    "SELECT id, owner FROM indicators.submission WHERE state = 'SUBMITTED' AND owner = ANY ($1) ORDER BY owner",
    [others],
  );
  const [first, second] = rows;
  if (first) await sendBack(exchange, approverOf(first.owner), first.id, ["Hidden"]);
  if (second) await withdraw(exchange, officerOf(second.owner), second.id);
  for (const country of others.slice(0, 3)) {
    const input = {
      indicator: "ASY",
      period: "2023-Q2",
      figures: byCitizenship({ AFG: 11, SYR: 7 }),
      comment: "none",
    };
    const { report, userErrors } = await submit(exchange, officerOf(country), input);
    if (!report) throw new Error(JSON.stringify(userErrors));
  }
}

/** Lines in the logs of others, and none in the viewer's: who takes a document along reads the United Kingdom's figures only. */
async function readings({ viewer, exchange, others }: Scene): Promise<void> {
  if (viewer !== "GBR")
    await fetchDocument(exchange, viewer === "NLD" ? SECRETARIAT : FUNDER, "year=2015");
  for (const partner of others.slice(0, 4))
    await read(
      exchange,
      analystOf(partner),
      others.filter((owner) => owner !== viewer),
    );
}

/** What nobody could do, since tables only grow; and what people do. */
const OTHERWISE = [
  details,
  profiles,
  wordings,
  titles,
  levelsBetween,
  endpoints,
  requestsOtherwise,
  communityOtherwise,
  analysesOtherwise,
];
const BESIDES = [
  warnings,
  updates,
  promises,
  groups,
  submissions,
  levels,
  requestsOf,
  communityOf,
  readings,
];
