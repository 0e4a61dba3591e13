/**
 * Revocation is immediate in every process: two gateways read in tight loops while a third revokes, suspends, resumes and
 * ends. Not one read that started after the act was answered shows the data, and none that started after it was opened
 * again is refused.
 */

import type { Client } from "pg";
import { act, propose, TERM } from "../support/agreements";
import { rounds } from "../support/endurance";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { published } from "../support/expectation";
import { type Served, serve } from "../support/served";

/** Afghans who applied in Germany in 2015-Q3, as published. */
const FIGURE = published("DEU", "ASY", "2015-Q3")?.get("AFG")?.value as number;
const QUERY = JSON.stringify({
  query: `{ series(reporters: ["DEU"], indicators: ["ASY"], from: "2015-Q3", to: "2015-Q3", by: [CITIZENSHIP],
    citizenships: ["AFG"]) { values statuses } }`,
});

let exchange: ExchangeUnderTest;
let gateways: Served[];
let owner: Client;
beforeAll(async () => {
  exchange = await openExchange();
  gateways = await Promise.all([serve(exchange.databaseUrl), serve(exchange.databaseUrl)]);
  owner = await exchange.openOwner();
});
afterAll(async () => {
  await Promise.all(gateways?.map((gateway) => gateway.stop()) ?? []);
  await exchange?.stop();
});

interface Read {
  started: number;
  ended: number;
  sees: boolean;
}

/** Reads one after the other until told to stop; the clock is this process's, for reads and acts alike. */
async function readInALoop(
  { url, token }: Served,
  reads: Read[],
  until: { stopped: boolean },
): Promise<void> {
  const headers = {
    "content-type": "application/json",
    authorization: `Bearer ${await token("srb-analyst")}`,
  };
  while (!until.stopped) {
    const started = performance.now();
    const response = await fetch(`${url}/graphql`, { method: "POST", headers, body: QUERY });
    const text = await response.text();
    const { data } = JSON.parse(text);
    const [value] = data.series[0].values;
    if (value === null && text.includes(String(FIGURE)))
      throw new Error("a figure that is withheld stands in the answer");
    reads.push({ started, ended: performance.now(), sees: value === FIGURE });
  }
}

/** From when on the state holds: once the act is answered. */
interface Turn {
  from: number;
  until: number;
  open: boolean;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const READS_A_TURN = 6;

test("of reads through two gateways none shows what a third has closed, and all show what it has opened", async () => {
  const { agreement } = await propose(exchange, "deu-officer");
  const { id } = agreement;
  await act(exchange, "deu-approver", "acceptAgreement", { id, version: 1 });
  const reads: Read[] = [];
  const until = { stopped: false };
  const readers = gateways.map((gateway) => readInALoop(gateway, reads, until));
  const turns: Turn[] = [];
  const turn = async (open: boolean, work: () => Promise<unknown>) => {
    const begun = performance.now();
    const last = turns.at(-1);
    if (last) last.until = begun;
    await work();
    const from = performance.now();
    turns.push({ from, until: Number.POSITIVE_INFINITY, open });
    while (reads.filter(({ started }) => started > from).length < READS_A_TURN) await pause(10);
  };
  await turn(true, () => act(exchange, "srb-approver", "acceptAgreement", { id, version: 1 }));
  for (let round = 0; round < rounds(10, 2); round++) {
    await turn(false, () => act(exchange, "deu-approver", "suspendAgreement", { id }));
    await turn(true, async () => {
      await act(exchange, "deu-approver", "resumeAgreement", { id });
      await act(exchange, "deu-officer", "resumeAgreement", { id });
    });
  }
  await turn(false, () =>
    owner.query(
      "UPDATE sharing.agreement_version SET valid_until = sharing.instant() WHERE agreement_id = $1",
      [id],
    ),
  );
  await turn(true, () =>
    owner.query("UPDATE sharing.agreement_version SET valid_until = NULL WHERE agreement_id = $1", [
      id,
    ]),
  );
  await turn(false, () => act(exchange, "deu-approver", "revokeAgreement", { id }));
  until.stopped = true;
  await Promise.all(readers);

  const of = (open: boolean) =>
    turns
      .filter((one) => one.open === open)
      .flatMap(({ from, until: to }) =>
        reads.filter(({ started, ended }) => started > from && ended < to),
      );
  const [closed, opened] = [of(false), of(true)];
  console.log(
    `${reads.length} reads in ${turns.length} turns: ${closed.length} after a closing, ${opened.length} after an opening`,
  );
  expect(closed.filter(({ sees }) => sees)).toEqual([]);
  expect(opened.filter(({ sees }) => !sees)).toEqual([]);
  expect(closed.length).toBeGreaterThan(rounds(50, 5));
  expect(opened.length).toBeGreaterThan(rounds(50, 5));
});

test("a member that leaves a group sees nothing from then on, in every process", async () => {
  const change = async (client: string, input: object) => {
    const document =
      "mutation ($input: ChangePartnerGroupInput!) { changePartnerGroup(input: $input) { userErrors { code } } }";
    const { data } = await exchange.ask(client, document, { input });
    expect(data.changePartnerGroup.userErrors).toEqual([]);
  };
  const join = async () => {
    await change("deu-officer", { id: "LOOP", name: "Loop", add: ["SRB"] });
    await change("deu-approver", { id: "LOOP", add: ["SRB"] });
  };
  const sees = async ({ url, token }: Served) => {
    const headers = {
      "content-type": "application/json",
      authorization: `Bearer ${await token("srb-analyst")}`,
    };
    return (
      await (await fetch(`${url}/graphql`, { method: "POST", headers, body: QUERY })).text()
    ).includes(String(FIGURE));
  };
  await join();
  const terms = [{ ...TERM, viewers: [], groups: ["LOOP"] }];
  const { agreement } = await propose(exchange, "deu-officer", { kind: "MULTILATERAL", terms });
  await act(exchange, "deu-approver", "acceptAgreement", { id: agreement.id, version: 1 });
  for (let round = 0; round < rounds(5, 2); round++) {
    expect(await Promise.all(gateways.map(sees))).toEqual([true, true]);
    await change("deu-approver", { id: "LOOP", remove: ["SRB"] });
    expect(await Promise.all(gateways.map(sees))).toEqual([false, false]);
    await join();
  }
});
