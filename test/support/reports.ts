import type { Answer, ExchangeUnderTest } from "./exchange-under-test";

/** What people do with reports, as a client would write it. */
export const FIELDS = `id period version state reason submittedBy decidedBy returnReasons contentHash warnings { rule message }
  indicator { code } tables { dimensions keys values statuses }`;

export interface Payload {
  report: any;
  userErrors: { code: string; message: string; path: string[]; line: number | null }[];
}

export interface Figure {
  key?: { dimension: string; code: string }[];
  value?: number | null;
  status?: string;
}

/** A total and its parts by citizenship. */
export function byCitizenship(parts: Readonly<Record<string, number>>, status?: string): Figure[] {
  const total = Object.values(parts).reduce((sum, value) => sum + value, 0);
  const said = status === undefined ? {} : { status };
  return [
    { value: total, ...said },
    ...Object.entries(parts).map(([code, value]) => ({
      key: [{ dimension: "CITIZENSHIP", code }],
      value,
      ...said,
    })),
  ];
}

export const submit = (
  exchange: ExchangeUnderTest,
  client: string,
  input: object,
): Promise<Payload> =>
  mutate(exchange, client, "submitQuarterlyReport", "SubmitQuarterlyReportInput", input);
export const approve = (
  exchange: ExchangeUnderTest,
  client: string,
  id: string,
  more: object = {},
): Promise<Payload> =>
  mutate(exchange, client, "approveQuarterlyReport", "ReportActInput", { id, ...more });
export const sendBack = (
  exchange: ExchangeUnderTest,
  client: string,
  id: string,
  reasons: string[],
): Promise<Payload> =>
  mutate(exchange, client, "returnQuarterlyReport", "ReturnQuarterlyReportInput", { id, reasons });
export const withdraw = (
  exchange: ExchangeUnderTest,
  client: string,
  id: string,
  more: object = {},
): Promise<Payload> =>
  mutate(exchange, client, "withdrawQuarterlyReport", "ReportActInput", { id, ...more });

export function mutationOf(name: string, type: string): string {
  return `mutation ($input: ${type}!) { it: ${name}(input: $input) {
    report { ${FIELDS} } userErrors { code message path line } } }`;
}

async function mutate(
  exchange: ExchangeUnderTest,
  client: string,
  name: string,
  type: string,
  input: object,
): Promise<Payload> {
  const { data, errors }: Answer = await exchange.ask(client, mutationOf(name, type), { input });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.it;
}

export const codesOf = ({ userErrors }: Payload): string[] =>
  userErrors.map(({ code, path }) => `${code} ${path.join(".")}`);

/** Submitted by the officer and released by the approver of a country; its id. */
export async function release(
  exchange: ExchangeUnderTest,
  country: string,
  input: object,
): Promise<string> {
  const client = country.toLowerCase();
  const { report, userErrors } = await submit(exchange, `${client}-officer`, {
    comment: "Checked by hand",
    ...input,
  });
  if (!report) throw new Error(JSON.stringify(userErrors));
  const done = await approve(exchange, `${client}-approver`, report.id);
  if (done.report?.state !== "RELEASED") throw new Error(JSON.stringify(done));
  return report.id;
}

export interface Cell {
  owner: string;
  indicator: string;
  period: string;
  citizenship?: string;
  asOf?: string;
}

/** A figure as a client sees it: the value, or the status where there is none. */
export async function seen(
  exchange: ExchangeUnderTest,
  client: string,
  cell: Cell,
): Promise<number | string> {
  const { owner, indicator, period, citizenship, asOf } = cell;
  const query = `query ($owner: CountryCode!, $indicator: ID!, $period: Period!, $by: [Dimension!], $of: [CountryCode!],
    $asOf: DateTime) { series(reporters: [$owner], indicators: [$indicator], from: $period, to: $period, by: $by,
    citizenships: $of, asOf: $asOf) { values statuses } }`;
  const narrowed = citizenship === undefined ? {} : { by: ["CITIZENSHIP"], of: [citizenship] };
  const { data, errors } = await exchange.ask(client, query, {
    owner,
    indicator,
    period,
    asOf,
    ...narrowed,
  });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.series[0].values[0] ?? data.series[0].statuses[0];
}
