/** Contacts, profiles, case studies, analyses and what people made of signals: waiting, returned, shared and published. */
import { approverOf, officerOf } from "../support/alerts";
import { actOnYear, clearPart, text } from "../support/analysis";
import { contact, done, profile } from "../support/community";
import type { ExchangeUnderTest } from "../support/exchange-under-test";
import { SECRETARIAT } from "../support/people";
import { actOn } from "../support/signals";

export const study = (change: object = {}) => ({
  title: "Two neighbours at one border (fictional)",
  summary: "How it was done (fictional).",
  lessons: ["Call first, write later."],
  tlp: "AMBER",
  ...change,
});

export async function community(exchange: ExchangeUnderTest): Promise<void> {
  await Promise.all(["PAK", "TUR", "AUT", "HUN"].map((country) => directory(exchange, country)));
  await Promise.all([studies(exchange), analyses(exchange)]);
  await signals(exchange);
}

/** A contact that waits, one that was sent back, one that is over; and a profile that nobody else knows of. */
async function directory(exchange: ExchangeUnderTest, country: string): Promise<void> {
  const [officer, approver] = [officerOf(country), approverOf(country)];
  const added = async () => (await done(exchange, officer, "addContact", contact())).contact;
  await added();
  const returned = await added();
  const reason = "Which shift? (fictional)";
  await done(exchange, approver, "returnContact", {
    contact: returned.contact,
    version: returned.version,
    reason,
  });
  const over = await added();
  const { contact: it, version } = (
    await done(exchange, approver, "approveContact", {
      contact: over.contact,
      version: over.version,
    })
  ).contact;
  await done(exchange, officer, "verifyContact", { contact: it, version });
  await done(exchange, officer, "endContact", { contact: it, version });
  const { draft } = await done(exchange, officer, "writeProfile", profile());
  if (country !== "PAK")
    await done(exchange, officer, "submitProfile", { revision: draft.revision });
}

/** Of each owner one of its own, one that waits, one for its network and one for a partner by name. */
async function studies(exchange: ExchangeUnderTest): Promise<void> {
  for (const [owner, named] of [
    ["PAK", "TUR"],
    ["TUR", "PAK"],
    ["AUT", "HUN"],
    ["DEU", "FRONTEX"],
  ] as const) {
    const client = officerOf(owner);
    const add = async (change?: object) =>
      (await done(exchange, client, "addCaseStudy", study(change))).caseStudy;
    const share = async (audience: object, change?: object) => {
      const { id, revision } = await add(change);
      return (await done(exchange, client, "shareCaseStudy", { id, revision, ...audience }))
        .caseStudy;
    };
    await add();
    await share({ partners: [named] });
    const exercise = { exercise: true, title: "EXERCISE: two neighbours (fictional)" };
    for (const waiting of [
      await share({ colep: true }),
      await share({ partners: [named] }, exercise),
    ])
      await done(exchange, approverOf(owner), "confirmCaseStudy", {
        id: waiting.id,
        revision: waiting.revision,
      });
  }
}

/** 2013 is the desk's alone, 2014 is published, of 2015 the countries say what they think. */
async function analyses(exchange: ExchangeUnderTest): Promise<void> {
  const asDesk = (mutation: string, year: number, more: object = {}) =>
    acted(exchange, SECRETARIAT, mutation, { year, ...more });
  for (const year of [2013, 2014, 2015]) {
    await asDesk("conveneAnalysis", year);
    await asDesk("writeAnalysis", year, text("What stands out (fictional)."));
  }
  for (const year of [2014, 2015]) {
    await asDesk("openAnalysis", year);
    for (const country of ["AUT", "TUR", "HUN"])
      await acted(exchange, officerOf(country), "commentAnalysis", {
        year,
        ...text("Too long (fictional)."),
      });
    await propose(exchange, "IRQ", year);
    for (const [country, audience] of Object.entries({
      AUT: "PARTNERS",
      HUN: "COLEP",
      TUR: "RELEC",
      DEU: "PARTNERS",
    })) {
      await propose(exchange, country, year, audience);
      const { code, text: why } = await clearPart(exchange, approverOf(country), year);
      if (code !== null) throw new Error(`clearAnalysisPart was refused: ${why}`);
    }
    await acted(exchange, approverOf("DEU"), "withdrawAnalysisPart", { year });
  }
  for (const mutation of ["closeAnalysis", "publishAnalysis"]) await asDesk(mutation, 2014);
}

export const propose = (
  exchange: ExchangeUnderTest,
  country: string,
  year: number,
  audience = "PARTNERS",
): Promise<void> =>
  acted(exchange, officerOf(country), "proposeAnalysisPart", {
    year,
    indicators: ["ASY", "IST"],
    audience,
  });

export async function acted(
  exchange: ExchangeUnderTest,
  client: string,
  mutation: string,
  input: object,
): Promise<void> {
  const { code, text } = await actOnYear(exchange, client, mutation, input);
  if (code !== null) throw new Error(`${mutation} was refused: ${text}`);
}

const SUMMER = "ASY-2015-Q3-HUN-AFG-1";

async function signals(exchange: ExchangeUnderTest): Promise<void> {
  for (const client of [officerOf("HUN"), officerOf("FRONTEX")])
    await judged(exchange, client, "reviewSignal", SUMMER);
  await judged(exchange, officerOf("AUT"), "reviewSignal", "ASY-2015-Q3-AUT-_T-1");
}

export async function judged(
  exchange: ExchangeUnderTest,
  client: string,
  mutation: string,
  id: string,
): Promise<void> {
  const { code, text } = await actOn(exchange, client, mutation, { id });
  if (code !== null) throw new Error(`${mutation} was refused: ${text}`);
}
