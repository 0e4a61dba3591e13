import type { Client } from "pg";
import type { ExchangeUnderTest } from "./exchange-under-test";

/** Mutations of the countries subgraph whose input is not named after them. */
const INPUTS: Readonly<Record<string, string>> = {
  approveContact: "ContactActInput",
  verifyContact: "ContactActInput",
  submitProfile: "ProfileActInput",
  publishProfile: "ProfileActInput",
  confirmCaseStudy: "CaseStudyActInput",
  withdrawCaseStudy: "CaseStudyActInput",
};

/** What a payload is asked for, beside its userErrors. */
const FIELDS: Readonly<Record<string, string>> = {
  Contact:
    "contact { id contact version standing name email phone validFrom validUntil verifiedAt submittedBy decidedBy reason }",
  Profile:
    "draft { version revision state writtenBy submittedBy reason presentedAtMeeting } profile { version publishedAt presentedAtMeeting marking { tlp } }",
  Study:
    "caseStudy { id revision state exercise title marking { tlp } sharedWith { colep partners } }",
};

export interface Outcome {
  data: any;
  /** `CODE path: message` of each user error. */
  refused: string[];
}

export async function call(
  exchange: ExchangeUnderTest,
  client: string,
  mutation: string,
  input: object,
  fields?: string,
): Promise<Outcome> {
  const type = INPUTS[mutation] ?? `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const asked =
    fields ?? Object.entries(FIELDS).find(([name]) => mutation.endsWith(name))?.[1] ?? "";
  const query = `mutation ($input: ${type}!) { it: ${mutation}(input: $input) { ${asked} userErrors { code path message } } }`;
  const { data, errors, text } = await exchange.ask(client, query, { input });
  if (errors || !data?.it) throw new Error(text);
  const { userErrors, ...rest } = data.it;
  return {
    data: rest,
    refused: userErrors.map(
      ({ code, path, message }: any) => `${code} ${path.join(".")}: ${message}`,
    ),
  };
}

/** The same, where it is to succeed. */
export async function done(
  exchange: ExchangeUnderTest,
  client: string,
  mutation: string,
  input: object,
  fields?: string,
): Promise<any> {
  const { data, refused } = await call(exchange, client, mutation, input, fields);
  if (refused.length > 0) throw new Error(`${mutation} was refused: ${refused}`);
  return data;
}

/** The exchange's one clock, moved: every rule reads it through `sharing.instant()`. */
export async function moveClock(owner: Client, days: number): Promise<void> {
  await owner.query(`CREATE OR REPLACE FUNCTION sharing.instant() RETURNS timestamptz LANGUAGE sql STABLE
    AS $$ SELECT date_trunc('milliseconds', now()) + interval '${Number(days)} days' $$`);
}

/**
 * Runs all of them until each waits for another or for the table, which nobody may write meanwhile, and lets them go: they have
 * then read the same state, whatever the machine is doing.
 */
export async function atOnce<T>(
  owner: Client,
  table: string,
  works: readonly (() => Promise<T>)[],
): Promise<T[]> {
  await owner.query("BEGIN");
  await owner.query(`LOCK TABLE countries.${table} IN SHARE ROW EXCLUSIVE MODE`);
  const running = Promise.all(works.map((work) => work()));
  const waiting = `SELECT count(*)::int AS count FROM pg_locks WHERE NOT granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  while ((await owner.query(waiting)).rows[0].count < works.length)
    await new Promise((resolve) => setTimeout(resolve, 20));
  await owner.query("COMMIT");
  return running;
}

export const dayIn = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

export const contact = (change: object = {}) => ({
  kind: "NATIONAL_CONTACT_POINT",
  name: "Duty Officer (fictional)",
  title: "Second duty officer",
  organisation: "Contact point (fictional)",
  email: "second@example.org",
  phone: "+00 000 000 0001",
  languages: ["ur", "en"],
  available24x7: true,
  ...change,
});

export const profile = (change: object = {}) => ({
  sections: [{ key: "TRENDS", title: "Trends", body: "Boats are used more often (fictional)." }],
  migrationRoles: ["TRANSIT", "DESTINATION"],
  tlp: "GREEN",
  source: "Fictional, for a test",
  ...change,
});
