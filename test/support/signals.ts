import { judge, rises, thresholdOf } from "../../subgraphs/indicators/signals/signal.rules";
import type { Answer, ExchangeUnderTest } from "./exchange-under-test";

export const SIGNAL = `id kind reporter { code } citizenship { code } period observed expected upperLimit score historyQuarters
  state reason decidedBy alert { identifier }`;

const QUERY = `query ($year: Int!, $first: Int!, $after: String, $reporters: [CountryCode!], $indicators: [ID!], $states: [SignalState!]) {
  signals(year: $year, first: $first, after: $after, reporters: $reporters, indicators: $indicators, states: $states) {
    totalCount tested insufficientHistory pageInfo { hasNextPage endCursor } nodes { ${SIGNAL} } } }`;

export const askSignals = (
  exchange: ExchangeUnderTest,
  client: string | null,
  variables: object = {},
): Promise<Answer> => exchange.ask(client, QUERY, { year: 2015, first: 100, ...variables });

/** All of them, page by page. */
export async function allSignals(
  exchange: ExchangeUnderTest,
  client: string,
  variables: object = {},
): Promise<any[]> {
  const nodes: any[] = [];
  for (let after: string | null = null; ; ) {
    const { data, errors } = await askSignals(exchange, client, { ...variables, after });
    if (errors) throw new Error(JSON.stringify(errors));
    nodes.push(...data.signals.nodes);
    if (!data.signals.pageInfo.hasNextPage) return nodes;
    after = data.signals.pageInfo.endCursor;
  }
}

export async function actOn(
  exchange: ExchangeUnderTest,
  client: string,
  mutation: string,
  input: object,
) {
  const type = { dismissSignal: "DismissSignalInput", promoteSignal: "PromoteSignalInput" }[
    mutation
  ];
  const query = `mutation ($input: ${type ?? "SignalActInput"}!) { ${mutation}(input: $input) {
    signal { ${SIGNAL} } userErrors { code message path } } }`;
  const { data, errors, text } = await exchange.ask(client, query, { input });
  const payload = data?.[mutation];
  const [refused] = payload?.userErrors ?? [];
  const code =
    errors?.[0]?.extensions.code ?? (refused ? `${refused.code} ${refused.path.join(".")}` : null);
  return { code, signal: payload?.signal ?? null, message: refused?.message, text };
}

const SERIES = `query ($reporters: [CountryCode!]!, $indicators: [ID!]!, $from: Period!, $to: Period!, $by: [Dimension!]!) {
  series(reporters: $reporters, indicators: $indicators, from: $from, to: $to, by: $by) {
    reporter { code } indicator { code } citizenship { code } periods values statuses } }`;

/**
 * What rises in a year, worked out from nothing but what `series` shows the same client: the second way to the same
 * signals. By name as `ASY-2015-Q3-HUN-AFG`.
 */
export async function risesShown(
  exchange: ExchangeUnderTest,
  client: string,
  reporters: readonly string[],
  year: number,
) {
  const shown: any[] = [];
  for (const by of [[], ["CITIZENSHIP"]]) {
    const span = { from: `${year - 5}-Q1`, to: `${year}-Q4` };
    const { data, errors } = await exchange.ask(client, SERIES, {
      reporters,
      indicators: ["ASY"],
      by,
      ...span,
    });
    if (errors) throw new Error(JSON.stringify(errors));
    shown.push(...data.series);
  }
  const found = new Map<string, { observed: number; expected: number }>();
  for (const at of [20, 21, 22, 23]) {
    const judged = shown.flatMap((series) => {
      const verdict = judge(series, at);
      return verdict === null || verdict === "INSUFFICIENT_HISTORY" ? [] : [{ series, verdict }];
    });
    const threshold = thresholdOf(judged.map(({ verdict }) => verdict));
    for (const { series, verdict } of judged.filter((one) => rises(one.verdict, threshold))) {
      const { indicator, periods, reporter, citizenship } = series;
      const name = [indicator.code, periods[at], reporter.code, citizenship?.code ?? "_T"].join(
        "-",
      );
      found.set(name, { observed: verdict.observed, expected: verdict.limit.expected });
    }
  }
  return found;
}
