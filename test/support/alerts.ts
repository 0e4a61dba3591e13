import type { Answer, ExchangeUnderTest } from "./exchange-under-test";

export const officerOf = (partner: string): string => `${partner.toLowerCase()}-officer`;
export const approverOf = (partner: string): string => `${partner.toLowerCase()}-approver`;

export const inHours = (hours: number): string =>
  new Date(Date.now() + hours * 3_600_000).toISOString();

export const info = (change: object = {}) => ({
  category: ["Security"],
  event: "New route",
  urgency: "Expected",
  severity: "Moderate",
  certainty: "Observed",
  expires: inHours(24),
  eventCode: [{ valueName: "accord:event", value: "NEW_ROUTE" }],
  headline: "New route across the border section",
  area: [
    {
      areaDesc: "Border section",
      geocode: [{ valueName: "accord:border-section", value: "IRN-TUR" }],
    },
  ],
  ...change,
});

/** An ordinary message to Pakistan, to which agreement A02 opens something of Turkey's. */
export const message = (change: object = {}) => ({
  status: "Actual",
  tlp: "AMBER",
  addresses: { partners: ["PAK"] },
  info: [info()],
  ...change,
});

const PAYLOAD =
  "{ alert { identifier state status msgType sent } userErrors { code message path } }";

/** Calls a mutation of the subgraph; the whole answer. */
export function act(
  exchange: ExchangeUnderTest,
  client: string,
  mutation: string,
  input: object,
): Promise<Answer> {
  const type = {
    issueAlert: "IssueAlertInput",
    updateAlert: "UpdateAlertInput",
    cancelAlert: "AlertNoteInput",
    rejectAlert: "AlertNoteInput",
    importAlert: "ImportAlertInput",
  }[mutation];
  const query = `mutation ($input: ${type ?? "AlertActInput"}!) { ${mutation}(input: $input) ${PAYLOAD} }`;
  return exchange.ask(client, query, { input });
}

/** Its payload, where it is to succeed. */
export async function done(
  exchange: ExchangeUnderTest,
  client: string,
  mutation: string,
  input: object,
) {
  const { data, errors, text } = await act(exchange, client, mutation, input);
  if (errors || data[mutation].userErrors.length > 0)
    throw new Error(`${mutation} was refused: ${text}`);
  return data[mutation].alert as {
    identifier: string;
    state: string;
    status: string;
    msgType: string;
    sent: string;
  };
}

/** Its first user error, where it is to be refused. */
export async function refusal(
  exchange: ExchangeUnderTest,
  client: string,
  mutation: string,
  input: object,
) {
  const { data, text } = await act(exchange, client, mutation, input);
  if (data?.[mutation]?.userErrors?.length === undefined) throw new Error(`no payload: ${text}`);
  const [{ code, path, message } = { code: null, path: [], message: "" }] =
    data[mutation].userErrors;
  return { code, path: path.join("."), message, alert: data[mutation].alert };
}

export const issue = (exchange: ExchangeUnderTest, client: string, change: object = {}) =>
  done(exchange, client, "issueAlert", message(change));

/** What a client sees of one message: whether it is there at all, alone, in the list and in the feed. */
export async function sees(
  exchange: ExchangeUnderTest,
  client: string,
  identifier: string,
): Promise<boolean[]> {
  const { data } = await exchange.ask(
    client,
    `query ($id: ID!) { alert(identifier: $id) { identifier } alerts(first: 100) { nodes { identifier } }
      alertFeed(first: 100) { edges { node { identifier } } } }`,
    { id: identifier },
  );
  const listed = data.alerts.nodes.some(
    (node: { identifier: string }) => node.identifier === identifier,
  );
  const fed = data.alertFeed.edges.some(({ node }: any) => node.identifier === identifier);
  return [data.alert !== null, listed, fed];
}
