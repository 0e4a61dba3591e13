/** What the database itself refuses of cooperation requests, whatever a subgraph has checked or forgotten. */
import type { Client } from "pg";
import { CHANNELS } from "../../subgraphs/cooperation/requests/request.words";
import { newReference } from "../../subgraphs/cooperation/requests/request-number";
import {
  ACTIONS,
  type Action,
  judge,
  PARTIES,
  STATES,
  type Standing,
} from "../../subgraphs/cooperation/requests/transition.rules";
import { ANSWERED, FORWARDED, moved, opened } from "../support/cooperation";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";

let exchange: ExchangeUnderTest;
let owner: Client;
beforeAll(async () => {
  exchange = await openExchange();
  owner = await exchange.openOwner();
});
afterAll(() => exchange?.stop());

describe("the database itself refuses", () => {
  const attempt = async (
    partner: string,
    statements: string,
    roles = "OFFICER",
    actor = "somebody",
  ): Promise<string> => {
    await owner.query("BEGIN");
    try {
      await owner.query(
        "SELECT set_config('accord.viewer', $1, true), set_config('accord.actor', $2, true), set_config('accord.roles', $3, true)",
        [partner, actor, roles],
      );
      await owner.query(`SET LOCAL ROLE accord_cooperation; ${statements}`);
      return "done";
    } catch (error) {
      return (error as Error).message;
    } finally {
      await owner.query("ROLLBACK");
    }
  };
  const event = ({ reference, revision }: any, action: string, by: string, actor = "somebody") =>
    `INSERT INTO cooperation.event (reference, revision, action, by_partner, actor) VALUES ('${reference}', ${revision}, '${action}', '${by}', '${actor}')`;

  test("a move that the table has not, in another's name, without a role, or from what has changed", async () => {
    const request = await moved(exchange, await opened(exchange), ...FORWARDED);
    expect(await attempt("BGR", event(request, "ANSWER", "BGR"))).toBe("no such move");
    expect(await attempt("SECRETARIAT", event(request, "RECEIVE", "SECRETARIAT"), "DESK")).toBe(
      "no such move",
    );
    expect(await attempt("PAK", event(request, "RECEIVE", "PAK"))).toMatch(
      /null value|no such move/,
    );
    expect(await attempt("TUR", event(request, "RECEIVE", "BGR"))).toMatch("row-level security");
    expect(await attempt("BGR", event(request, "RECEIVE", "BGR", "other"))).toMatch(
      "row-level security",
    );
    expect(await attempt("BGR", event(request, "RECEIVE", "BGR"), "ANALYST")).toMatch(
      "row-level security",
    );
    expect(await attempt("BGR", event({ ...request, revision: 1 }, "RECEIVE", "BGR"))).toBe(
      "somebody moved it first",
    );
    expect(await attempt("BGR", event(request, "RECEIVE", "BGR"))).toBe("done");
  });

  test("content after submission, by another hand, or without a next version", async () => {
    const request = await moved(exchange, await opened(exchange), ...FORWARDED);
    const draft = await opened(exchange);
    const write = ({ reference }: any, author: string, version: number) => `
      INSERT INTO cooperation.content SELECT reference, ${version}, '${author}', kind, channel, urgency, accessibility, language, 's', 'i', 'p', '{}',
        NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'AMBER', '{}' FROM cooperation.request WHERE reference = '${reference}'`;
    expect(await attempt("TUR", write(request, "TUR", 2))).toMatch("before it is submitted");
    expect(await attempt("BGR", write(request, "TUR", 2))).toMatch("before it is submitted");
    expect(await attempt("TUR", write(draft, "BGR", 2))).toMatch("before it is submitted");
    expect(await attempt("TUR", write(draft, "TUR", 5))).toMatch("before it is submitted");
    expect(await attempt("TUR", write(draft, "TUR", 2))).toBe("done");
  });

  test("a request in another's name, to oneself, to the Secretariat, or facilitated by somebody else", async () => {
    const open = (requester: string, requested: string, facilitator = "SECRETARIAT") =>
      `INSERT INTO cooperation.request (reference, requester, requested, facilitator, mechanism) VALUES ('${newReference(2026)}', '${requester}', '${requested}', '${facilitator}', 1)`;
    expect(await attempt("TUR", open("BGR", "PAK"))).toMatch("row-level security");
    expect(await attempt("TUR", open("TUR", "NLD"))).toMatch("row-level security");
    expect(await attempt("TUR", open("TUR", "BGR", "FRA"))).toMatch("row-level security");
    expect(await attempt("TUR", open("TUR", "BGR"), "ANALYST")).toMatch("row-level security");
    expect(await attempt("SECRETARIAT", open("SECRETARIAT", "BGR"), "DESK")).toMatch(
      /row-level security|check constraint/,
    );
    expect(await attempt("TUR", open("TUR", "TUR"))).toMatch("check constraint");
    expect(await attempt("TUR", open("TUR", "BGR"))).toBe("done");
  });

  test("an answer to what is not asked of one, and a grant in another's name", async () => {
    const { reference } = await moved(exchange, await opened(exchange), ...ANSWERED);
    const answer = (author: string) =>
      `INSERT INTO cooperation.response (reference, part, author, content, tlp, handling, actor) VALUES ('${reference}', 9, '${author}', 'x', 'AMBER', '{}', 'somebody')`;
    for (const partner of ["TUR", "SECRETARIAT", "PAK"])
      expect(await attempt(partner, answer(partner))).toMatch("row-level security");
    expect(await attempt("TUR", answer("BGR"))).toMatch("row-level security");
    const grant = (
      of: string,
      viewer: string,
    ) => `INSERT INTO cooperation.proposed_grant (reference, owner, viewer, indicators, detail, disclosure_control, embargo_days, proposed_by, proposer_approver)
      VALUES ('${reference}', '${of}', '${viewer}', '{ASY}', '{}', 'NONE', 0, 'somebody', false)`;
    expect(await attempt("TUR", grant("BGR", "TUR"))).toMatch("row-level security");
    expect(await attempt("BGR", grant("BGR", "PAK"))).toMatch("row-level security");
    expect(await attempt("BGR", grant("BGR", "TUR"))).toBe("done");
  });

  test("any change of what was written, by a subgraph or by the owner of the tables", async () => {
    await moved(exchange, await opened(exchange), ...ANSWERED);
    for (const table of [
      "request",
      "content",
      "event",
      "note",
      "response",
      "feedback",
      "fan_out",
      "redissemination",
      "proposed_grant",
    ]) {
      for (const partner of ["TUR", "BGR"]) {
        expect(
          await attempt(partner, `UPDATE cooperation.${table} SET reference = reference`),
        ).toMatch("permission denied");
        expect(await attempt(partner, `DELETE FROM cooperation.${table}`)).toMatch(
          "permission denied",
        );
      }
      if (table === "request") continue;
      await expect(owner.query(`DELETE FROM cooperation.${table}`)).rejects.toThrow("append-only");
      await expect(
        owner.query(`UPDATE cooperation.${table} SET reference = reference`),
      ).rejects.toThrow("append-only");
    }
  });

  test("the names of who moved it to everybody", async () => {
    for (const table of ["event", "response"])
      expect(await attempt("TUR", `SELECT actor FROM cooperation.${table}`)).toMatch(
        "permission denied",
      );
  });
});

test("each move × party × state that the table has not is refused by the database too, and each that it has is done", async () => {
  const { reference } = await moved(exchange, await opened(exchange), ...ANSWERED);
  await owner.query("BEGIN; SET LOCAL session_replication_role = replica");
  await owner.query(
    `INSERT INTO cooperation.proposed_grant (reference, owner, viewer, indicators, detail, disclosure_control, embargo_days, proposed_by,
       proposer_approver) VALUES ($1, 'BGR', 'TUR', '{ASY}', '{}', 'NONE', 0, 'a', true)`,
    [reference],
  );
  await owner.query(
    "INSERT INTO cooperation.grant_confirmation (reference, owner, actor, approver) VALUES ($1, 'BGR', 'b', true)",
    [reference],
  );
  await owner.query(
    "INSERT INTO cooperation.grant_agreement (reference, agreement_id) VALUES ($1, 'A01')",
    [reference],
  );
  await owner.query("SET LOCAL session_replication_role = origin");
  await owner.query(ATTEMPT_ALL);
  const partners = { REQUESTER: "TUR", REQUESTED: "BGR", FACILITATOR: "SECRETARIAT" } as const;
  const [said, done]: [string[], string[]] = [[], []];
  for (const state of STATES) {
    for (const channel of CHANNELS) {
      for (const ended of [true, false]) {
        await owner.query(
          "UPDATE cooperation.request SET state = $2, channel = $3, urgency = 'URGENT', concluded = $4, acknowledged = $4 WHERE reference = $1",
          [reference, state, channel, ended],
        );
        const { rows } = await owner.query(ATTEMPTS, [
          reference,
          JSON.stringify(partners),
          Object.keys(ACTIONS),
        ]);
        const key = (party: string, action: string) =>
          [state, channel, ended, party, action].join(" ");
        done.push(...rows.map(({ party, action }) => key(party, action)));
        for (const party of PARTIES) {
          for (const action of Object.keys(ACTIONS) as Action[]) {
            const grant = action === "CONFIRM_GRANT" ? "PROPOSED" : "CONFIRMED";
            const standing: Standing = {
              state,
              channel,
              grant,
              concluded: ended,
              acknowledged: ended,
            };
            if ("allowed" in judge(standing, action, party)) said.push(key(party, action));
          }
        }
      }
    }
  }
  await owner.query("ROLLBACK");
  expect(done.sort()).toEqual(said.sort());
  expect(said.length).toBeGreaterThan(150);
});

/** Tries each move as each party, and takes it back; one statement, so that thousands of them do not take thousands of round trips. */
const ATTEMPTS = "SELECT * FROM pg_temp.attempt_all($1, $2, $3)";
const ATTEMPT_ALL = `
CREATE FUNCTION pg_temp.attempt_all(of_reference text, partners jsonb, actions text[]) RETURNS TABLE (party text, action text)
LANGUAGE plpgsql AS $$
DECLARE one record; tried text;
BEGIN
  FOR one IN SELECT * FROM jsonb_each_text(partners) LOOP
    FOREACH tried IN ARRAY actions LOOP
      BEGIN
        INSERT INTO cooperation.event (reference, revision, action, by_partner, actor, expected_until)
        SELECT r.reference, r.revision, tried, one.value, 'x', CASE tried WHEN 'NOTIFY_DELAY' THEN now() END
        FROM cooperation.request r WHERE r.reference = of_reference;
        RAISE EXCEPTION USING ERRCODE = 'ZZ001';
      EXCEPTION
        WHEN SQLSTATE 'ZZ001' THEN party := one.key; action := tried; RETURN NEXT;
        WHEN check_violation THEN NULL;
      END;
    END LOOP;
  END LOOP;
END $$`;
