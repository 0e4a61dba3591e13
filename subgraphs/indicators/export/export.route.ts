import { execute, type GraphQLError, type GraphQLSchema, parse } from "graphql";
import { AccordError, badInput, isErrorCode } from "../../../shared/errors/errors";
import type { RequestContext } from "../../../shared/graphql/context";
import { DIMENSIONS } from "../../../shared/graphql/dimension";
import type { FileAnswer, FileRequest } from "../../../shared/graphql/files";
import { periodCount } from "../../../shared/period";
import type { Loaders } from "../series/loaders";
import { FORMATS, FORMS, type Format } from "./formats";
import { type GivenSeries, rowsOf } from "./row";

type Context = RequestContext<Loaders>;

/** The very question that a client would ask, put to the same schema under the same shield: a file holds what the API shows. */
const QUESTION =
  parse(`query ($reporters: [CountryCode!]!, $indicators: [ID!]!, $from: Period!, $to: Period!,
  $by: [Dimension!]!, $citizenships: [CountryCode!], $asOf: DateTime) {
  series(reporters: $reporters, indicators: $indicators, from: $from, to: $to, by: $by, citizenships: $citizenships,
    asOf: $asOf) {
    reporter { code } indicator { code unit cubes { dimensions unit } } breakdown { dimension code }
    periods values statuses withheld { reason } marking { label handling } sources { attribution } } }`);

export function exportRoute(
  schema: GraphQLSchema,
): (context: Context, request: FileRequest) => Promise<FileAnswer> {
  return async (context, { parameters }) => {
    const format = formatOf(parameters.format);
    const variableValues = variablesOf(parameters);
    checkSize(context, variableValues);
    const { data, errors } = await execute({
      schema,
      document: QUESTION,
      variableValues,
      contextValue: context,
    });
    if (errors?.[0] || !data) throw refusalOf(errors?.[0]);
    const dimensions = [...variableValues.by].sort();
    const rows = (data.series as GivenSeries[]).flatMap((series) => rowsOf(series, dimensions));
    const taken = { takenAt: new Date().toISOString(), takenBy: context.viewer?.partner ?? "" };
    const { type, extension, write } = FORMS[format];
    const name = `accord-${variableValues.indicators.join("-")}-${taken.takenAt.slice(0, 10)}.${extension}`;
    return {
      status: 200,
      type,
      name: name.replace(/[^\w.-]/g, "_"),
      body: await write({ dimensions, rows, ...taken }),
    };
  };
}

function formatOf(text = "csv"): Format {
  const format = FORMATS.find((known) => known === text);
  if (format) return format;
  throw badInput("format", `"${text}" is none of ${FORMATS.join(", ")}.`);
}

function variablesOf({
  reporters,
  indicators,
  from = "",
  to = "",
  by,
  citizenships,
  asOf,
}: FileRequest["parameters"]) {
  const dimensions = listOf(by);
  const unknown = dimensions.find((name) => !DIMENSIONS.some((known) => known === name));
  if (unknown !== undefined)
    throw badInput("by", `"${unknown}" is not a dimension. There are ${DIMENSIONS.join(", ")}.`);
  return {
    reporters: listOf(reporters),
    indicators: listOf(indicators),
    from,
    to,
    by: dimensions,
    citizenships: citizenships === undefined ? null : listOf(citizenships),
    asOf: asOf ?? null,
  };
}

function listOf(text = ""): string[] {
  return text.split(",").filter((part) => part !== "");
}

/** As the gateway counts the cost of the same question: series times dozens of periods. */
const MOST_COST = 150_000;
const SERIES_PER_PAIR = 80;
const PERIODS_AN_ITEM = 12;

function checkSize(
  { loaders }: Context,
  { reporters, indicators, from, to, by }: ReturnType<typeof variablesOf>,
): void {
  const span = loaders.understood.span(from, to);
  const pairs = reporters.length * indicators.length * (by.length === 0 ? 1 : SERIES_PER_PAIR);
  if (pairs * Math.ceil(periodCount(span.from, span.to) / PERIODS_AN_ITEM) <= MOST_COST) return;
  throw new AccordError(
    "QUERY_TOO_COSTLY",
    "The export is too large. Ask for fewer countries, indicators or periods.",
  );
}

/** What the graph refuses, in its own words; what it masks stays masked. */
export function refusalOf(error: GraphQLError | undefined): Error {
  const { code, argument } = error?.extensions ?? {};
  if (!error || !isErrorCode(code) || code === "INTERNAL")
    return error?.originalError ?? new Error("no answer");
  return new AccordError(code, error.message, argument === undefined ? {} : { argument });
}
