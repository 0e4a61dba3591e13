/**
 * No answer without its entry, whenever the process dies: again and again the serving process is killed under load. Every answer that
 * arrived whole and was given is looked up in the log by its request id; of refusals, which are all of one question, there are as
 * many as the log counts, or fewer: one that was counted may not have arrived.
 */

import { EventEmitter, once } from "node:events";
import { Client } from "pg";
import { cloneDatabase, type TestDatabase, WORLD } from "../support/database";
import { rounds } from "../support/endurance";
import { type Served, serve } from "../support/served";

const KILLS = rounds(50, 4);
const CLIENTS = 8;
/** Answers after which a process is known to be at work. */
const FIRST_ANSWERS = 6;
/** What one sees (Frontex) and the other is refused (Serbia): both have to leave a line. */
const BODY = JSON.stringify({
  query: `{ series(reporters: ["HUN", "AUT"], indicators: ["ASY"], from: "2015-Q1", to: "2015-Q4", by: [CITIZENSHIP],
    citizenships: ["AFG", "SYR"]) { values } }`,
});

let database: TestDatabase;
let owner: Client;
beforeAll(async () => {
  database = await cloneDatabase(WORLD);
  owner = new Client({ connectionString: database.url });
  owner.on("error", () => undefined);
  await owner.connect();
});
afterAll(async () => {
  await owner?.end();
  await database?.drop();
});

/** Asks one after the other until the server is gone; gives back the ids of the answers that arrived whole. */
async function askUntilItDies(url: string, token: string, heard: () => void): Promise<string[]> {
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const answered: string[] = [];
  for (;;) {
    try {
      const response = await fetch(`${url}/graphql`, { method: "POST", headers, body: BODY });
      const { data } = (await response.json()) as { data: { series: unknown[] | null } };
      if (!data.series) continue;
      answered.push(response.headers.get("x-request-id") as string);
      heard();
    } catch {
      return answered;
    }
  }
}

async function attack(served: Served, round: number): Promise<Answered> {
  const tokens = [await served.token("frontex-analyst"), await served.token("srb-analyst")];
  const atWork = new EventEmitter();
  let count = 0;
  const heard = () => ++count === FIRST_ANSWERS && atWork.emit("kill");
  const killing = once(atWork, "kill");
  const clients = tokens.flatMap((token) =>
    Array.from({ length: CLIENTS / 2 }, () => askUntilItDies(served.url, token, heard)),
  );
  await killing;
  await new Promise((resolve) => setTimeout(resolve, (round * 7) % 30)); // at any point of the answers under way
  await served.kill();
  const answers = await Promise.all(clients);
  return {
    given: answers.slice(0, CLIENTS / 2).flat(),
    refused: answers.slice(CLIENTS / 2).flat().length,
  };
}

interface Answered {
  given: string[];
  refused: number;
}

test("killed again and again under load: every answer has its entry", async () => {
  const answered: string[] = [];
  let refused = 0;
  let next = serve(database.url);
  for (let round = 0; round < KILLS; round++) {
    const served = await next;
    if (round + 1 < KILLS) next = serve(database.url);
    const arrived = await attack(served, round);
    answered.push(...arrived.given);
    refused += arrived.refused;
  }
  const { rows } = await owner.query(
    `SELECT count(*)::int AS missing FROM unnest($1::text[]) AS answer (id)
     WHERE NOT EXISTS (SELECT FROM audit.entry e WHERE e.request_id = answer.id)`,
    [answered],
  );
  const [{ entries, outcomes }] = (
    await owner.query(
      "SELECT count(*)::int AS entries, array_agg(DISTINCT outcome) AS outcomes FROM audit.entry",
    )
  ).rows;
  const [{ counted }] = (
    await owner.query(`
      SELECT ((SELECT sum(times) FROM audit.entry WHERE outcome = 'DENIED' AND owner = 'HUN')
        + (SELECT coalesce(sum(times), 0) FROM audit.refusal WHERE entry ->> 'owner' = 'HUN'))::int AS counted`)
  ).rows;
  console.log(
    `${KILLS} kills, ${answered.length} answers, ${entries} entries, answers without an entry: ${rows[0].missing}; ${refused} refusals, ${counted} counted`,
  );
  expect(rows[0].missing).toBe(0);
  expect(counted).toBeGreaterThanOrEqual(refused);
  expect(outcomes.sort()).toEqual(["DENIED", "GIVEN"]);
  expect(answered.length + refused).toBeGreaterThanOrEqual(KILLS * FIRST_ANSWERS);
});
