/** What the database itself refuses a subgraph that has gone wrong: nothing here goes through the subgraph's own code. */
import { Client } from "pg";
import { cloneDatabase, type TestDatabase, WORLD } from "../support/database";

let database: TestDatabase;
let owner: Client;
let subgraph: Client;
beforeAll(async () => {
  database = await cloneDatabase(WORLD);
  [owner, subgraph] = [
    new Client({ connectionString: database.url }),
    new Client({ connectionString: database.url }),
  ];
  await Promise.all([owner.connect(), subgraph.connect()]);
  await subgraph.query("SET ROLE accord_indicators");
});
afterAll(async () => {
  await Promise.all([owner.end(), subgraph.end()]);
  await database.drop();
});

type Who = readonly [partner: string, actor: string, roles: string];
const OFFICER: Who = ["DEU", "officer", "ANALYST,OFFICER"];
const APPROVER: Who = ["DEU", "approver", "ANALYST,APPROVER"];
const BOTH: Who = ["DEU", "officer", "OFFICER,APPROVER"];
const STRANGER: Who = ["FRA", "stranger", "OFFICER,APPROVER"];
const ANALYST: Who = ["DEU", "analyst", "ANALYST"];

/** Runs statements as the subgraph for somebody, each with the id that the ones before gave; rolled back unless kept. */
async function as(who: Who, statements: readonly string[], { keep = false } = {}): Promise<any[]> {
  await subgraph.query("BEGIN");
  try {
    const [viewer, actor, roles] = who;
    await subgraph.query(
      "SELECT set_config('accord.viewer', $1, true), set_config('accord.actor', $2, true), set_config('accord.roles', $3, true)",
      [viewer, actor, roles],
    );
    let rows: any[] = [];
    for (const statement of statements) ({ rows } = await subgraph.query(statement));
    await subgraph.query(keep ? "COMMIT" : "ROLLBACK");
    return rows;
  } catch (error) {
    await subgraph.query("ROLLBACK");
    throw error;
  }
}

const HASH = "0".repeat(64);
const submission = (changes: Record<string, string> = {}): string => {
  const row = {
    owner: "'DEU'",
    indicator: "'IST'",
    period: "'2017-Q1'",
    period_start: "'2017-01-01'",
    period_end: "'2017-04-01'",
    version: "1",
    content_hash: `'${HASH}'`,
    submitted_by: "'officer'",
    submitted_at: "sharing.instant()",
    ...changes,
  };
  return `INSERT INTO indicators.submission (${Object.keys(row)}) VALUES (${Object.values(row)}) RETURNING id`;
};
const FIGURE = (
  value: number,
  id = "(SELECT id FROM indicators.submission WHERE state = 'SUBMITTED' AND period = '2017-Q1')",
) =>
  `INSERT INTO indicators.submitted_figure VALUES (${id}, 'DEU', '{}', '{}', ${value}, 'A', 'NATIONAL')`;
const report = (changes: Record<string, string> = {}): string => {
  const row = {
    owner: "owner",
    indicator: "indicator",
    period: "period",
    period_start: "period_start",
    period_end: "period_end",
    version: "version",
    reason: "reason",
    submission_id: "id",
    submitted_by: "submitted_by",
    submitted_at: "submitted_at",
    approved_by: "'approver'",
    released_at: "sharing.instant()",
    ...changes,
  };
  return `INSERT INTO indicators.report (${Object.keys(row)}) SELECT ${Object.values(row)} FROM indicators.submission
    WHERE owner = 'DEU' AND indicator = 'IST' AND period = '2017-Q1' AND state = 'SUBMITTED' RETURNING id`;
};
const REPORT_ID =
  "(SELECT r.id FROM indicators.report r WHERE r.period = '2017-Q1' AND r.indicator = 'IST')";
const figure = (value: number) =>
  `INSERT INTO indicators.figure VALUES (${REPORT_ID}, 'DEU', '{}', '{}', ${value}, 'A', 'NATIONAL')`;
const table = (changes: Record<string, string> = {}): string => {
  const row = {
    report_id: "id",
    owner: "owner",
    indicator: "indicator",
    period: "period",
    period_start: "period_start",
    period_end: "period_end",
    released_at: "released_at",
    dimensions: "'{}'",
    control: "'NONE'",
    cut: "false",
    keys: "'{\"\"}'",
    values: "'{7}'",
    statuses: "'{A}'",
    sources: "'{NATIONAL}'",
    ...changes,
  };
  return `INSERT INTO indicators.released_table (${Object.keys(row)}) SELECT ${Object.values(row)} FROM indicators.report
    WHERE id = ${REPORT_ID}`;
};
const decide = (
  state: string,
  more = "",
) => `UPDATE indicators.submission SET state = '${state}', decided_by = current_setting('accord.actor'),
  decided_at = sharing.instant() ${more} WHERE period = '2017-Q1' AND indicator = 'IST'`;
const WALL =
  /row-level security|permission denied|only a release|check constraint|is the version after|follows the one/;

describe("the database refuses a submission", () => {
  test.each([
    ["by an analyst", ANALYST, submission({ submitted_by: "'analyst'" })],
    ["by an approver who is no officer", APPROVER, submission({ submitted_by: "'approver'" })],
    ["for another country", STRANGER, submission({ submitted_by: "'stranger'" })],
    ["in somebody else's name", OFFICER, submission({ submitted_by: "'other'" })],
    ["at another time", OFFICER, submission({ submitted_at: "now() - interval '1 day'" })],
    [
      "that is released already",
      OFFICER,
      submission({ state: "'RELEASED'", decided_by: "'a'", decided_at: "now()" }),
    ],
    ["out of turn", OFFICER, submission({ version: "2", reason: "'why'" })],
  ])("%s", async (_name, who, statement) => {
    await expect(as(who, [statement])).rejects.toThrow(WALL);
  });

  test("without a reason from the second version on", async () => {
    const [row] = (
      await owner.query(
        "SELECT period, period_start::text, period_end::text FROM indicators.report WHERE owner = 'DEU' AND indicator = 'ASY' LIMIT 1",
      )
    ).rows;
    const changes = {
      indicator: "'ASY'",
      period: `'${row.period}'`,
      period_start: `'${row.period_start}'`,
      period_end: `'${row.period_end}'`,
      version: "2",
    };
    await expect(as(OFFICER, [submission(changes)])).rejects.toThrow(WALL);
    expect(await as(OFFICER, [submission({ ...changes, reason: "'why'" })])).toHaveLength(1);
  });
});

describe("of a submission that waits, the database", () => {
  beforeAll(() => as(OFFICER, [submission(), FIGURE(7)], { keep: true }));

  test("refuses more figures later, from its own officer too", async () => {
    for (const who of [OFFICER, BOTH, APPROVER]) {
      const more = FIGURE(8).replace("'{}', '{}'", "'{SEX}', '{F}'");
      await expect(as(who, [more])).rejects.toThrow(WALL);
    }
  });

  test.each([
    ["its submitter, approver or not", BOTH, [report({ approved_by: "'officer'" })]],
    ["its submitter under a colleague's name", BOTH, [report()]],
    ["an officer", OFFICER, [report({ approved_by: "'officer'" })]],
    ["no release but a change of state", APPROVER, [decide("RELEASED")]],
    [
      "a release at another time",
      APPROVER,
      [report({ released_at: "sharing.instant() - interval '1 day'" })],
    ],
    ["another period than was submitted", APPROVER, [report({ period: "'2017-Q2'" })]],
    ["a figure that was not submitted", APPROVER, [report(), figure(8)]],
    ["a table of another country", APPROVER, [report(), figure(7), table({ owner: "'FRA'" })]],
    [
      "a table that pretends to be old",
      APPROVER,
      [report(), table({ first_released_at: "now() - interval '1 year'" })],
    ],
    ["a return without a reason", APPROVER, [decide("RETURNED")]],
    ["a return by an officer", OFFICER, [decide("RETURNED", ", return_reasons = '{no}'")]],
    ["a state of its own making", APPROVER, [decide("SUPERSEDED")]],
    ["another's version", APPROVER, ["UPDATE indicators.submission SET version = 9"]],
    [
      "the end of a table by hand",
      APPROVER,
      ["UPDATE indicators.released_table SET superseded_at = now()"],
    ],
    ["the end of a report by hand", APPROVER, ["DELETE FROM indicators.report"]],
  ])("does not take %s", async (_name, who, statements) => {
    await expect(as(who, statements)).rejects.toThrow(WALL);
  });

  test("shows it to nobody else, and lets nobody else touch it", async () => {
    for (const who of [STRANGER, ANALYST, ["FRONTEX", "f", "ANALYST,OFFICER"] as Who]) {
      expect(await as(who, ["SELECT FROM indicators.submission WHERE owner = 'DEU'"])).toEqual([]);
      expect(await as(who, ["SELECT FROM indicators.submitted_figure"])).toEqual([]);
      expect(await as(who, [`${decide("WITHDRAWN")} RETURNING id`])).toEqual([]);
      expect(await as(who, ["DELETE FROM indicators.submitted_figure RETURNING owner"])).toEqual(
        [],
      );
    }
    expect(await as(APPROVER, ["DELETE FROM indicators.submitted_figure RETURNING owner"])).toEqual(
      [],
    );
  });

  test("gives the secret to who releases and to nobody else", async () => {
    const [{ cut_secret: secret }] = await as(APPROVER, ["SELECT indicators.cut_secret()"]);
    expect(secret).toBe("demo-546");
    for (const who of [OFFICER, ANALYST, ["", "", ""] as Who, ["ATL", "a", "APPROVER"] as Who]) {
      await expect(as(who, ["SELECT indicators.cut_secret()"])).rejects.toThrow(WALL);
    }
    await expect(as(APPROVER, ["SELECT cut FROM indicators.secret"])).rejects.toThrow(WALL);
  });

  test("gives what is out of a year to who releases, of its own country alone", async () => {
    const linked = "SELECT * FROM indicators.linked_reports('ASY', '2015')";
    const quarters = await as(APPROVER, [linked]);
    const { rows } = await owner.query(
      "SELECT period FROM indicators.report WHERE owner = 'DEU' AND indicator = 'ASY' AND period LIKE '2015%' ORDER BY 1",
    );
    expect(quarters.map(({ period }: any) => period)).toEqual(rows.map(({ period }) => period));
    expect(quarters.length).toBeGreaterThan(3);
    for (const who of [OFFICER, ANALYST, ["", "", ""] as Who]) {
      await expect(as(who, [linked])).rejects.toThrow(WALL);
    }
    expect(await as(["PAK", "p", "APPROVER"] as Who, [linked])).toEqual([]);
  });

  test("takes its release by a second person, and closes the version before at that instant", async () => {
    await as(APPROVER, [report(), figure(7), table(), decide("RELEASED")], { keep: true });
    await as(OFFICER, [submission({ version: "2", reason: "'why'" })], { keep: true });
    await as(APPROVER, [report()], { keep: true });
    const { rows } =
      await owner.query(`SELECT r.version, r.superseded_at, n.released_at, t.superseded_at AS table_ends,
        s.superseded_at AS submission_ends, n.first_released_at = r.released_at AS counted
      FROM indicators.report r JOIN indicators.released_table t ON t.report_id = r.id
      JOIN indicators.submission s ON s.id = r.submission_id
      JOIN indicators.report n ON (n.owner, n.indicator, n.period, n.version) = (r.owner, r.indicator, r.period, 2)
      WHERE r.owner = 'DEU' AND r.indicator = 'IST' AND r.period = '2017-Q1' AND r.version = 1`);
    expect(rows).toHaveLength(1);
    const [
      {
        superseded_at: end,
        released_at: at,
        table_ends: table_end,
        submission_ends: submission_end,
        counted,
      },
    ] = rows;
    expect([end, table_end, submission_end]).toEqual([at, at, at]);
    expect(counted).toBe(true);
  });
});
