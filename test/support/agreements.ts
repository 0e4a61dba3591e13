import type { Answer, ExchangeUnderTest } from "./exchange-under-test";

/** What people do to agreements, as a client would write it. */
export const FIELDS = `id title status version revision awaiting
  signatures { partner { code } state standing } versions { version } history { act partner { code } actor }`;

export const TERM = {
  category: "STATISTICS",
  owners: ["DEU"],
  viewers: ["SRB"],
  indicators: ["ASY"],
  detail: ["CITIZENSHIP"],
  disclosureControl: "NONE",
  periodsFrom: "2012-Q1",
};

export interface Payload {
  agreement: any;
  userErrors: { code: string; message: string; path: string[] }[];
}

export async function propose(
  exchange: ExchangeUnderTest,
  client: string,
  input: object = {},
): Promise<Payload> {
  const text = { title: "Asylum figures for Serbia", kind: "BILATERAL", terms: [TERM], ...input };
  return mutate(exchange, client, "proposeAgreement", "ProposeAgreementInput", text);
}

export function act(
  exchange: ExchangeUnderTest,
  client: string,
  name: string,
  input: object,
): Promise<Payload> {
  return mutate(exchange, client, name, "AgreementActInput", input);
}

export function amend(
  exchange: ExchangeUnderTest,
  client: string,
  input: object,
): Promise<Payload> {
  return mutate(exchange, client, "amendAgreement", "AmendAgreementInput", {
    reason: "test",
    terms: [TERM],
    ...input,
  });
}

async function mutate(
  exchange: ExchangeUnderTest,
  client: string,
  name: string,
  type: string,
  input: object,
): Promise<Payload> {
  const document = `mutation ($input: ${type}!) { it: ${name}(input: $input) {
    agreement { ${FIELDS} } userErrors { code message path } } }`;
  const { data, errors }: Answer = await exchange.ask(client, document, { input });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.it;
}

/** Afghans in Germany in a quarter, as a client sees them: the value, or the status where there is none. */
export async function figure(
  exchange: ExchangeUnderTest,
  client: string,
  owner = "DEU",
): Promise<number | string> {
  const query = `query ($owner: CountryCode!) { series(reporters: [$owner], indicators: ["ASY"], from: "2015-Q3", to: "2015-Q3",
    by: [CITIZENSHIP], citizenships: ["AFG"]) { values statuses } }`;
  const { data, errors } = await exchange.ask(client, query, { owner });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.series[0].values[0] ?? data.series[0].statuses[0];
}
