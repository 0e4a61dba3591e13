/**
 * The demo world beyond figures, asked of the running exchange by every viewer: whose contacts and profiles it reads,
 * which agreements exist for it, and whether the answer to "why?" is true and names no agreement of others.
 */

import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import {
  accessTo,
  agreements,
  INDICATORS,
  isNamed,
  isOpen,
  OWNERS,
  QUARTERS,
  readJson,
  readRows,
  VIEWERS,
  YEARS,
} from "../support/expectation";
import { READERS } from "../support/people";

let exchange: ExchangeUnderTest;
const counted = {
  contacts: 0,
  openContacts: 0,
  profiles: 0,
  openProfiles: 0,
  explained: 0,
  allowed: 0,
};

beforeAll(async () => {
  exchange = await openExchange();
});

afterAll(async () => {
  await exchange?.stop();
});

/** Both demo agreements on contacts say in their note which kind they open. */
const KINDS = [
  ["nationalContactPoints", "NATIONAL_CONTACT_POINT", "national contact points"],
  ["focalPersons", "FOCAL_PERSON", "focal persons"],
] as const;

const DIRECTORY = `{ countries {
  code
  nationalContactPoints { id title organisation languages name email phone }
  focalPersons { id title organisation languages name email phone }
  profile { version publishedAt source sections { key title body } marking { tlp originator } }
} }`;

const contacts = readRows("contacts.csv");
const profiles = readJson<{ country: string }[]>("profiles.json");

const byId = (one: { id?: string }, other: { id?: string }): number =>
  `${one.id}` < `${other.id}` ? -1 : 1;

function contactsFor(
  viewer: string,
  owner: string,
  [, kind, note]: (typeof KINDS)[number],
): object[] | null {
  if (!READERS.has(viewer)) return null;
  const isShared = isOpen(viewer, owner, "CONTACT_DETAILS", note);
  const listed = contacts.filter((row) => row.country === owner && row.kind === kind).sort(byId);
  counted.contacts += listed.length;
  if (isShared) counted.openContacts += listed.length;
  return listed.map(({ id, title, organisation, languages, name, email, phone }) => ({
    id,
    title,
    organisation,
    languages: languages?.split(" "),
    ...(isShared ? { name, email, phone } : { name: null, email: null, phone: null }),
  }));
}

function profileFor(viewer: string, owner: string): object | null {
  const { country, ...profile } = profiles.find((it) => it.country === owner) ?? { country: null };
  counted.profiles += 1;
  if (country === null || !isOpen(viewer, owner, "PROFILE")) return null;
  counted.openProfiles += 1;
  return profile;
}

test.each(VIEWERS)(
  "%s reads the contacts and profiles opened to it, and no others",
  async (viewer, client) => {
    const { data, errors } = await exchange.ask(client, DIRECTORY);
    const codes: string[] = data.countries.map(({ code }: { code: string }) => code);
    expect(codes).toEqual(expect.arrayContaining(OWNERS));
    for (const country of data.countries) for (const [field] of KINDS) country[field]?.sort(byId);
    expect(data.countries).toEqual(
      codes.map((code) => ({
        code,
        ...Object.fromEntries(KINDS.map((kind) => [kind[0], contactsFor(viewer, code, kind)])),
        profile: profileFor(viewer, code),
      })),
    );
    // Withheld is said once a kind; never of a kind of which nothing is withheld.
    const said = errors?.map(({ extensions }) => extensions.withheld ?? extensions.code).sort();
    const closed = KINDS.filter(([, kind, note]) =>
      contacts.some(
        (row) =>
          row.kind === kind && !isOpen(viewer, row.country as string, "CONTACT_DETAILS", note),
      ),
    ).map(([, kind]) => `CONTACT_DETAILS:${kind}`);
    const expected = READERS.has(viewer)
      ? [...closed, "PROFILE"].sort()
      : ["PROFILE", client ? "ROLE" : "UNAUTHENTICATED"];
    expect(said).toEqual(expected);
  },
);

const AGREEMENTS = `query ($first: Int!, $after: String) { agreements(first: $first, after: $after) {
  nodes { id title status } totalCount pageInfo { hasNextPage endCursor }
} }`;

test.each(VIEWERS)("for %s just those agreements exist that name it", async (viewer, client) => {
  const named = agreements
    .filter((it) => isNamed(it, viewer))
    .map(({ id, title, status }) => ({ id, title, status }));
  const { data, errors } = await exchange.ask(client, AGREEMENTS, { first: 100 });
  if (!READERS.has(viewer)) {
    expect(named).toEqual([]);
    expect(data.agreements).toBeNull();
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual([
      client ? "FORBIDDEN" : "UNAUTHENTICATED",
    ]);
    return;
  }
  expect(errors).toBeUndefined();
  expect(data.agreements).toMatchObject({
    nodes: named,
    totalCount: named.length,
    pageInfo: { hasNextPage: false },
  });
  for (let after: string | null = null, at = 0; at < named.length; at++) {
    const page: any = (await exchange.ask(client, AGREEMENTS, { first: 1, after })).data.agreements;
    expect(page).toMatchObject({ nodes: [named[at]], totalCount: named.length });
    expect(page.pageInfo.hasNextPage).toBe(at < named.length - 1);
    after = page.pageInfo.endCursor;
  }
});

interface Question {
  owner: string;
  indicator: string;
  by: string[];
  period: string;
}

/** Forty cells, the same in each run: one half from anywhere, the other from what agreements name this viewer for. */
function sampleFor(viewer: string): Question[] {
  let state =
    [...viewer].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 2_147_483_647;
  const pick = <T>(from: readonly T[]): T => {
    state = (state * 48_271) % 2_147_483_647;
    return from[state % from.length] as T;
  };
  const near = agreements.filter((it) => it.category === "STATISTICS" && isNamed(it, viewer));
  return Array.from({ length: 40 }, (_, at) => {
    const { owners, indicators } =
      at % 2 && near.length ? pick(near) : { owners: OWNERS, indicators: INDICATORS };
    return {
      owner: pick(owners),
      indicator: pick(indicators),
      by: pick([[], ["CITIZENSHIP"]]),
      period: pick([...QUARTERS, ...YEARS]),
    };
  });
}

const whyAndWhat = ({ owner, indicator, by, period }: Question, at: number): string => `
  why${at}: explainAccess(
    owner: "${owner}", category: STATISTICS, indicator: "${indicator}", by: [${by}], period: "${period}"
  ) { allowed reason message agreement { id title } }
  what${at}: series(
    reporters: ["${owner}"], indicators: ["${indicator}"], by: [${by}], from: "${period}", to: "${period}"
  ) { citizenship { code } statuses }`;

test.each(VIEWERS)(
  "%s is told truly why it sees a figure, and by its own agreements only",
  async (viewer, client) => {
    const sample = sampleFor(viewer);
    for (let from = 0; from < sample.length; from += 10) {
      const questions = sample.slice(from, from + 10);
      const { data, errors, text } = await exchange.ask(client, `{ ${questions.map(whyAndWhat)} }`);
      expect(errors).toBeUndefined();
      questions.forEach((question, at) => {
        const { owner, indicator, by, period } = question;
        const { allowed, reason, agreement } = data[`why${at}`];
        const [series, ...more] = data[`what${at}`];
        const isShown =
          more.length > 0 || series.citizenship !== null || series.statuses[0] !== "WITHHELD";
        const access = accessTo(viewer, owner, indicator, by, period);
        const mayRead = access !== null;
        expect({ ...question, allowed, isShown }).toEqual({
          ...question,
          allowed: mayRead,
          isShown: mayRead,
        });
        expect(reason === "OWNER").toBe(viewer === owner);
        expect(reason === "GRANTED").toBe(allowed && viewer !== owner);
        if (reason === "GRANTED") expect(access?.ids).toContain(agreement.id);
        if (reason === "OWNER") expect(agreement).toBeNull();
        counted.explained += 1;
        if (allowed) counted.allowed += 1;
      });
      const mentioned = agreements.filter(
        ({ id, title }) => text.includes(id) || text.includes(title),
      );
      expect(mentioned.filter((it) => !isNamed(it, viewer))).toEqual([]);
    }
  },
);

test.each([
  ["HUN", "SRB", "ASY", "CITIZENSHIP", "NOT_IN_FORCE", "A08"],
  ["IRN", "PAK", "ASY", "CITIZENSHIP", "NOT_IN_FORCE", "A03"],
  ["MKD", "SRB", "ASY", "CITIZENSHIP", "VALIDITY", "A09"],
  ["BGR", "TUR", "IST", "", "RECIPROCITY", "A06"],
  ["AUT", "PAK", "ASY", "CITIZENSHIP", "DETAIL", "A01"],
  ["UNODC", "AUT", "ASY", "", "NO_AGREEMENT", undefined],
  ["FRA", "UNODC", "IST", "", "INDICATOR", "A11"],
])(
  "%s's agreement that does not open %s's wish says by which condition",
  async (owner, viewer, ...wish) => {
    const [indicator, by, reason, id] = wish;
    const query = `{ explainAccess(owner: "${owner}", category: STATISTICS, indicator: "${indicator}", by: [${by}],
    period: "2016-Q1") { allowed reason agreement { id } } }`;
    const { data } = await exchange.ask(READERS.get(viewer as string) as string, query);
    expect(data.explainAccess).toEqual({ allowed: false, reason, agreement: id ? { id } : null });
  },
);

test("none of the comparisons above was empty", () => {
  expect(counted).toMatchObject({
    contacts: 460,
    openContacts: 308,
    profiles: 550,
    openProfiles: 130,
  });
  expect(counted).toMatchObject({ explained: 880, allowed: 455 });
});
