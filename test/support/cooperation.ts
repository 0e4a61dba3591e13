import type { Client } from "pg";
import type { ExchangeUnderTest } from "./exchange-under-test";

/** What people do to cooperation requests, as a client would write it. */
export const officerOf = (partner: string): string => `${partner.toLowerCase()}-officer`;
export const approverOf = (partner: string): string => `${partner.toLowerCase()}-approver`;
export const DESK = "secretariat-desk";

/** An ordinary information request of Türkiye's to Bulgaria. */
export const asked = (change: object = {}) => ({
  requested: ["BGR"],
  kind: "INFORMATION_REQUEST",
  subject: "Fictional: forged residence permits on coaches",
  informationSought:
    "How many such documents were found on coaches in the last quarter, and how they were made.",
  purpose: "To brief border guards.",
  availabilityGrounds: "The document office of the other party analyses what is found.",
  crimeAreas: ["SMUGGLING_OF_MIGRANTS"],
  ...change,
});

export const urgent = (change: object = {}) =>
  asked({
    urgency: "URGENT",
    urgencyGround: "THREAT_LIFE",
    urgencyReason: "Fictional: people in a sealed lorry.",
    ...change,
  });

const TYPES: Readonly<Record<string, string>> = {
  openCooperationRequest: "OpenCooperationRequestInput",
  amendCooperationRequest: "AmendCooperationRequestInput",
  returnForCompletion: "RequestNoteInput",
  askClarification: "RequestNoteInput",
  clarify: "RequestNoteInput",
  receive: "ReceiveInput",
  notifyDelay: "NotifyDelayInput",
  withdraw: "WithdrawInput",
  close: "CloseInput",
  answer: "AnswerInput",
  refuse: "RefuseInput",
  requestRedissemination: "RequestRedisseminationInput",
  answerRedissemination: "AnswerRedisseminationInput",
};

export const FACTS = `reference kind channel urgency accessibility language mechanismVersion state revision dueAt overdue moves
  requester { code } requested { code } facilitator { code } disclosedBy { code }
  clock { startedAt endedAt running usedHours limitHours dueAt attention onTime }
  timeline { action by { code } party at from to clock expectedUntil }`;
export const CONTENTS = `contentWithheld siblings { reference requested { code } }
  content { subject informationSought purpose urgencyGround marking { label handling originator } evaluation { source } }
  notes { action by { code } text } feedback { met comment } proposedGrant { indicators confirmed agreement }
  answers { part content refusal { ground scope explanation } marking { label handling originator } usableAsEvidence }
  redisseminations { id originator { code } askedBy { code } recipient { code } purpose consented }`;

/** Calls a mutation of the subgraph; the whole answer. */
export async function act(
  exchange: ExchangeUnderTest,
  client: string,
  mutation: string,
  input: object,
  fields = FACTS,
) {
  const type = TYPES[mutation] ?? "RequestMoveInput";
  const query = `mutation ($input: ${type}!) { it: ${mutation}(input: $input) {
    cooperationRequest { ${fields} } userErrors { code message path } } }`;
  return exchange.ask(client, query, { input });
}

/** The request, where the move is to succeed. */
export async function done(
  exchange: ExchangeUnderTest,
  client: string,
  mutation: string,
  input: object,
  fields = FACTS,
): Promise<any> {
  const { data, errors, text } = await act(exchange, client, mutation, input, fields);
  if (errors || data.it.userErrors.length > 0) throw new Error(`${mutation} was refused: ${text}`);
  return data.it.cooperationRequest;
}

/** Its first user error, where it is to be refused. */
export async function refusal(
  exchange: ExchangeUnderTest,
  client: string,
  mutation: string,
  input: object,
) {
  const { data, text } = await act(exchange, client, mutation, input);
  const [error] = data?.it?.userErrors ?? [];
  if (!error) throw new Error(`${mutation} was not refused: ${text}`);
  return { code: error.code, path: error.path.join("."), message: error.message as string };
}

/** A request moved on by those who may: `["submit", "tur-officer"]`, with what else the move takes. */
export type Move = readonly [mutation: string, client: string, more?: object];

export async function moved(
  exchange: ExchangeUnderTest,
  request: any,
  ...moves: readonly Move[]
): Promise<any> {
  let now = request;
  for (const [mutation, client, more] of moves) {
    const { revision } = await read(exchange, client, now.reference);
    now = await done(exchange, client, mutation, { reference: now.reference, revision, ...more });
  }
  return now;
}

const TUR = officerOf("TUR");
const BGR = officerOf("BGR");
export const opened = (
  exchange: ExchangeUnderTest,
  change: object = {},
  client = TUR,
): Promise<any> => done(exchange, client, "openCooperationRequest", asked(change));

export const SUBMITTED: readonly Move[] = [["submit", TUR]];
export const FORWARDED: readonly Move[] = [...SUBMITTED, ["forward", DESK]];
export const RECEIVED: readonly Move[] = [...FORWARDED, ["receive", BGR]];
export const ANSWERED: readonly Move[] = [
  ...RECEIVED,
  ["answer", BGR, { content: "Fictional: twelve, by two printers." }],
];

export async function read(
  exchange: ExchangeUnderTest,
  client: string,
  reference: string,
  fields = FACTS,
): Promise<any> {
  const query = `query ($reference: ID!) { it: cooperationRequest(reference: $reference) { ${fields} } }`;
  const { data, errors } = await exchange.ask(client, query, { reference });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.it;
}

/** Lets time pass for one request: everything about it happened so much earlier. Only the owner of the tables can. */
export async function letPass(owner: Client, reference: string, hours: number): Promise<void> {
  await owner.query("BEGIN; SET LOCAL session_replication_role = replica");
  await owner.query(
    `UPDATE cooperation.event SET at = at - make_interval(secs => $2::float8 * 3600),
       expected_until = expected_until - make_interval(secs => $2::float8 * 3600) WHERE reference = $1`,
    [reference, hours],
  );
  await owner.query("COMMIT");
}
