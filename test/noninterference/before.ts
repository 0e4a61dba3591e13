/** What has happened in both worlds before they part: something of every kind, by several partners. */
import { randomUUID } from "node:crypto";
import * as agreements from "../support/agreements";
import { act, approverOf, done, info, inHours, issue, officerOf } from "../support/alerts";
import type { ExchangeUnderTest } from "../support/exchange-under-test";
import { analystOf, READERS } from "../support/people";
import { byCitizenship, submit } from "../support/reports";
import { community } from "./before.community";
import { requests } from "./before.requests";

export async function before(exchange: ExchangeUnderTest): Promise<void> {
  await warnings(exchange);
  await promises(exchange);
  await reports(exchange);
  await levels(exchange);
  await endpoints(exchange);
  await requests(exchange);
  await community(exchange);
  await readings(exchange);
}

const TO: readonly (readonly [from: string, to: readonly string[]])[] = [
  ["TUR", ["PAK", "IRQ"]],
  ["PAK", ["TUR", "IRQ"]],
  ["AUT", ["SRB", "HUN"]],
  ["HUN", ["FRONTEX", "AUT"]],
  ["DEU", ["PAK", "BGD"]],
  ["TUR", ["IRQ"]],
];

async function warnings(exchange: ExchangeUnderTest): Promise<void> {
  const expires = inHours(72);
  for (const [at, [from, partners]] of TO.entries()) {
    const input = {
      addresses: { partners },
      info: [info({ expires })],
      idempotencyKey: `alert-${at}`,
    };
    const { identifier } = await issue(exchange, officerOf(from), input);
    const [last] = partners.slice(-1) as [string];
    await act(exchange, officerOf(last), "acknowledgeAlert", { alert: identifier });
  }
  for (const addresses of [{ partners: ["FRA"] }, { partners: ["SRB"] }])
    await issue(exchange, officerOf("TUR"), { addresses, info: [info({ expires })] }); // waits for a second person
  const red = {
    tlp: "RED",
    addresses: { persons: ["IRQ/irq-officer"] },
    info: [info({ expires })],
  };
  const { identifier } = await issue(exchange, officerOf("TUR"), red);
  await done(exchange, approverOf("TUR"), "confirmAlert", { alert: identifier });
}

const BETWEEN = [
  ["AUT", "HUN"],
  ["TUR", "IRQ"],
  ["DEU", "SRB"],
  ["PAK", "BGD"],
  ["HUN", "FRONTEX"],
] as const;

async function promises(exchange: ExchangeUnderTest): Promise<void> {
  for (const [owner, viewer] of BETWEEN) {
    const terms = [{ ...agreements.TERM, owners: [owner], viewers: [viewer], indicators: ["DOC"] }];
    const key = { idempotencyKey: `agreement-${owner}` };
    const { agreement } = await agreements.propose(exchange, officerOf(owner), {
      title: "Figures",
      terms,
      ...key,
    });
    await agreements.act(exchange, approverOf(owner), "acceptAgreement", {
      id: agreement.id,
      version: 1,
    });
  }
  for (const [owner, id, add] of [
    ["AUT", "BALKANS", ["SRB", "HUN"]],
    ["TUR", "NEIGHBOURS", ["IRN", "PAK"]],
    ["PAK", "SOUTH", ["IRN", "AFG"]],
  ] as const) {
    for (const client of [officerOf(owner), approverOf(owner)])
      await changeGroup(exchange, client, { id, name: id, add });
  }
}

export async function changeGroup(
  exchange: ExchangeUnderTest,
  client: string,
  input: object,
): Promise<void> {
  const { data, text } = await exchange.ask(
    client,
    "mutation ($input: ChangePartnerGroupInput!) { changePartnerGroup(input: $input) { userErrors { message } } }",
    { input },
  );
  if (data?.changePartnerGroup?.userErrors?.length !== 0) throw new Error(text);
}

async function reports(exchange: ExchangeUnderTest): Promise<void> {
  for (const country of ["AUT", "TUR", "PAK", "HUN"]) {
    const figures = byCitizenship({ AFG: 120, SYR: 84, IRQ: 37 });
    const input = { indicator: "ASY", period: "2023-Q1", figures, comment: "Checked by hand" };
    const { report, userErrors } = await submit(exchange, officerOf(country), {
      ...input,
      idempotencyKey: `report-${country}`,
    });
    if (!report) throw new Error(JSON.stringify(userErrors));
  }
}

async function levels(exchange: ExchangeUnderTest): Promise<void> {
  for (const [section, state] of [
    ["IRN-TUR", "TUR"],
    ["IRQ-TUR", "IRQ"],
    ["AFG-PAK", "PAK"],
  ])
    await proposeLevel(exchange, officerOf("FRONTEX"), {
      section,
      state,
      period: "2026-Q3",
      level: "MEDIUM",
    });
}

export async function proposeLevel(
  exchange: ExchangeUnderTest,
  client: string,
  input: object,
): Promise<string> {
  const { data, text } = await exchange.ask(
    client,
    `mutation ($input: ProposeImpactInput!) {
      proposeImpactLevel(input: $input) { impactLevel { id } userErrors { message } } }`,
    { input },
  );
  if (!data?.proposeImpactLevel?.impactLevel) throw new Error(text);
  return data.proposeImpactLevel.impactLevel.id;
}

/** Nowhere may be called without the operator's leave; these were registered while there was one. */
async function endpoints(exchange: ExchangeUnderTest): Promise<void> {
  const sql = await exchange.openOwner();
  for (const owner of ["TUR", "PAK", "AUT", "SRB", "FRONTEX"]) await addEndpoint(sql, owner);
}

export const addEndpoint = (
  sql: { query(text: string, values: unknown[]): Promise<unknown> },
  owner: string,
) =>
  sql.query(
    `INSERT INTO alerts.endpoint (id, owner, url, alternate, secret, registered_by)
     VALUES ($1, $2, $3, false, 'secret', $4)`,
    [randomUUID(), owner, `https://alerts.${owner.toLowerCase()}.example.org/`, approverOf(owner)],
  );

/** Everybody reads a little of everybody: each owner's log has lines of several readers. */
async function readings(exchange: ExchangeUnderTest): Promise<void> {
  for (const client of [...READERS.values()].slice(0, 19))
    await read(exchange, client, ["AUT", "DEU", "HUN", "TUR", "PAK", "SRB"]);
  await read(exchange, analystOf("FRONTEX"), ["AUT"]);
}

export async function read(
  exchange: ExchangeUnderTest,
  client: string,
  reporters: readonly string[],
): Promise<void> {
  const { errors } = await exchange.ask(
    client,
    `query ($reporters: [CountryCode!]!) {
      series(reporters: $reporters, indicators: ["ASY"], from: "2015-Q1", to: "2015-Q4", by: [CITIZENSHIP]) {
        values } }`,
    { reporters },
  );
  if (errors) throw new Error(JSON.stringify(errors));
}
