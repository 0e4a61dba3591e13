/** Requests for cooperation, one or more in every state, so that each of their parties and the desk has a next move. */
import { approverOf, asked, DESK, done, type Move, officerOf, read } from "../support/cooperation";
import type { ExchangeUnderTest } from "../support/exchange-under-test";

const GRANT = {
  indicators: ["DOC"],
  detail: ["CITIZENSHIP"],
  disclosureControl: "NONE",
  periodsFrom: "2012-Q1",
};
const NOTE = { note: "Fictional: what exactly is meant?" };

/** How far each goes that one party sends to another. */
function pathsOf(from: string, to: string): Move[][] {
  const [asker, answerer, second] = [officerOf(from), officerOf(to), approverOf(to)];
  const submitted: Move[] = [["submit", asker]];
  const forwarded: Move[] = [...submitted, ["forward", DESK]];
  const received: Move[] = [...forwarded, ["receive", answerer]];
  const granted: Move = [
    "answer",
    answerer,
    { content: "Fictional: see the figures.", proposedGrant: GRANT },
  ];
  return [
    [],
    [],
    submitted,
    submitted,
    [...submitted, ["returnForCompletion", DESK, NOTE] as const],
    forwarded,
    received,
    received,
    received,
    [...received, ["askClarification", answerer, NOTE] as const],
    [...received, ["answer", answerer, { content: "Fictional: twelve." }]],
    [...received, granted],
    [...received, granted, ["confirmProposedGrant", second]],
    [
      ...received,
      ["refuse", answerer, { ground: "NOT_AVAILABLE", explanation: "Fictional: none." }],
    ],
  ];
}

export async function requests(exchange: ExchangeUnderTest): Promise<void> {
  await Promise.all(
    [
      ["PAK", "TUR"],
      ["TUR", "PAK"],
    ].map(([from, to]) => sendAll(exchange, from as string, to as string)),
  );
  for (const [from, to] of [
    ["AUT", "HUN"],
    ["HUN", "IRQ"],
    ["SRB", "AUT"],
    ["DEU", "FRONTEX"],
  ] as const)
    for (const path of pathsOf(from, to).slice(-3))
      await send(exchange, from, [to], from === "AUT" ? [...path, ...disclosed(from, to)] : path);
  await send(
    exchange,
    "PAK",
    ["IRQ", "AUT"],
    [
      ["submit", officerOf("PAK")],
      ["forward", DESK],
    ],
  );
}

const disclosed = (...parties: string[]): Move[] =>
  parties.map((party) => ["discloseToSecretariat", officerOf(party)]);

/** Whoever asked asks on, about what it was told: may a third one have it? */
async function sendAll(exchange: ExchangeUnderTest, from: string, to: string): Promise<void> {
  const references: string[] = [];
  for (const path of pathsOf(from, to))
    references.push(...(await send(exchange, from, [to], path)));
  for (const reference of references.slice(-4, -2)) await redisseminate(exchange, from, reference);
}

const redisseminate = (
  exchange: ExchangeUnderTest,
  from: string,
  reference: string,
): Promise<unknown> =>
  done(exchange, officerOf(from), "requestRedissemination", {
    reference,
    recipient: "IRQ",
    purpose: "Fictional: they ask too.",
  });

/** @returns the references, of one to each that is asked */
export async function send(
  exchange: ExchangeUnderTest,
  from: string,
  requested: readonly string[],
  path: readonly Move[],
  subject = "Fictional: forged permits",
): Promise<string[]> {
  const client = officerOf(from);
  const draft = asked({ requested, subject });
  const { reference, siblings } = await done(
    exchange,
    client,
    "openCooperationRequest",
    draft,
    SENT,
  );
  const references: string[] = [
    reference,
    ...siblings.map((one: { reference: string }) => one.reference),
  ];
  for (const one of references) {
    let { revision } = await read(exchange, client, one, SENT);
    for (const [mutation, by, more] of path)
      ({ revision } = await done(
        exchange,
        by,
        mutation,
        { reference: one, revision, ...more },
        SENT,
      ));
  }
  return references;
}

const SENT = "reference revision siblings { reference }";
