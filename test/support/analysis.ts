import type { ExchangeUnderTest } from "./exchange-under-test";

const ROW = `reporter { code } value status previous change changePercent share quarters quarterStatuses vintage
  highestShare { citizenship { code } value share } sources { id }`;
export const CONTENTS = `coverage { reporter { code } indicator { code } periods states }
  sections { indicator { code unit } reporters { ${ROW} } sum { value previous changePercent included { code } leftOut { code } }
    topTens { reporter { code } rows { citizenship { code } value share previous changePercent } others othersStatus } }
  borders { section { code } reporter { code } direction periods values }
  mirrors { section { code } period into { code } from { code } entries exits logRatio flagged }
  quality { reporter { code } indicator { code } timelinessDays punctualityDays completeness shareUnknown meanAbsoluteRevision }
  definitions { reporter { code } indicator { code } period status } leftOut { code } tlp markings { originator tlp label }`;

export const ANALYSIS = `year state publishedAt narrative { section body }`;

/** The analysis of a year as a client sees it. */
export async function analysis(
  exchange: ExchangeUnderTest,
  client: string,
  fields: string,
  year = 2015,
): Promise<any> {
  const { data, errors } = await exchange.ask(
    client,
    `query ($year: Int!) { annualAnalysis(year: $year) { ${fields} } }`,
    { year },
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return data.annualAnalysis;
}

export async function actOnYear(
  exchange: ExchangeUnderTest,
  client: string,
  mutation: string,
  input: object = {},
) {
  const type = {
    writeAnalysis: "AnalysisTextInput",
    commentAnalysis: "AnalysisTextInput",
    proposeAnalysisPart: "AnalysisPartInput",
    clearAnalysisPart: "ClearAnalysisInput",
  }[mutation];
  const query = `mutation ($input: ${type ?? "AnalysisInput"}!) { ${mutation}(input: $input) {
    analysis { state } userErrors { code message path } } }`;
  const { data, errors, text } = await exchange.ask(client, query, {
    input: { year: 2015, ...input },
  });
  const payload = data?.[mutation];
  const [refused] = payload?.userErrors ?? [];
  const code =
    errors?.[0]?.extensions.code ?? (refused ? `${refused.code} ${refused.path.join(".")}` : null);
  return { code, state: payload?.analysis?.state ?? null, message: refused?.message, text };
}

export const text = (body: string, section = "SUMMARY") => ({ section, body });

/** Clears what the client reads as its country's part at that moment. */
export async function clearPart(exchange: ExchangeUnderTest, client: string, year = 2015) {
  const parts: { id: string; country: { code: string } }[] =
    (await analysis(exchange, client, OWN_PARTS, year)).parts ?? [];
  const part = parts.find(({ country }) => country.code === client.slice(0, 3).toUpperCase())?.id;
  return actOnYear(exchange, client, "clearAnalysisPart", { year, part: part ?? NO_PART });
}

export const OWN_PARTS = "parts { id country { code } indicators { code } audience tlp clearedBy }";
export const NO_PART = "00000000-0000-4000-8000-000000000000";

/** Proposed by the officer and cleared by the approver of a country. */
export async function clear(
  exchange: ExchangeUnderTest,
  country: string,
  part: Readonly<Record<string, unknown>> & { year?: number } = {},
): Promise<void> {
  const name = country.toLowerCase();
  const proposed = await actOnYear(exchange, `${name}-officer`, "proposeAnalysisPart", {
    indicators: ["ASY", "IST", "REF"],
    ...part,
  });
  const cleared = await clearPart(exchange, `${name}-approver`, part.year);
  if (proposed.code || cleared.code) throw new Error(proposed.text + cleared.text);
}

export async function fetchDocument(exchange: ExchangeUnderTest, client: string, query: string) {
  const response = await fetch(`${exchange.url}/analysis?${query}`, {
    headers: { authorization: `Bearer ${await exchange.token(client)}` },
  });
  const body = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, body, text: body.toString() };
}
