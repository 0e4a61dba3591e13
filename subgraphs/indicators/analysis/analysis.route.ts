import { execute, type GraphQLSchema } from "graphql";
import { toHtml } from "../../../shared/document/html";
import { toPdf } from "../../../shared/document/pdf";
import { badInput } from "../../../shared/errors/errors";
import type { RequestContext } from "../../../shared/graphql/context";
import type { FileAnswer, FileRequest } from "../../../shared/graphql/files";
import { refusalOf } from "../export/export.route";
import type { Loaders } from "../series/loaders";
import { documentOf, type Given } from "./analysis.document";
import { QUESTION } from "./analysis.question";
import type { Performance } from "./performance.document";

type Context = RequestContext<Loaders>;

const FORMATS = ["html", "pdf"] as const;
const VERSIONS = ["own", "cleared"] as const;

/** `GET /analysis?year=2015&format=html|pdf[&version=cleared]`: the analysis as a document, for this viewer's rights. */
export function analysisRoute(
  schema: GraphQLSchema,
): (context: Context, request: FileRequest) => Promise<FileAnswer> {
  return async (context, { parameters, beside }) => {
    const format = oneOf(FORMATS, "format", parameters.format ?? "html");
    const cleared = oneOf(VERSIONS, "version", parameters.version ?? "own") === "cleared";
    if (!/^\d{4}$/.test(parameters.year ?? ""))
      throw badInput("year", "is missing, or no year. Write it as 2015.");
    const year = Number(parameters.year);
    const variableValues = { year, cleared };
    const { data, errors } = await execute({
      schema,
      document: QUESTION,
      variableValues,
      contextValue: context,
    });
    const analysis = data?.annualAnalysis as
      | (Given & Record<"own" | "cleared", Given["contents"]>)
      | null
      | undefined;
    if (errors?.[0] || !analysis) throw refusalOf(errors?.[0]);
    const { areaNames } = context.loaders.catalogue;
    const at = new Date();
    const document = await documentOf(
      {
        ...analysis,
        contents: cleared ? analysis.cleared : analysis.own,
        performance: performanceIn(beside),
      },
      {
        cleared,
        by: context.viewer?.partner ?? "",
        at,
        nameOf: (code) => areaNames.get(code) ?? code,
      },
    );
    if (format === "html")
      return { status: 200, type: "text/html; charset=utf-8", body: Buffer.from(toHtml(document)) };
    return {
      status: 200,
      type: "application/pdf",
      name: `accord-analysis-${year}.pdf`,
      body: toPdf(document, at),
    };
  };
}

/** Of the subgraphs for alerts and requests; either may not have answered. */
function performanceIn(beside: unknown): Performance {
  const { annualAnalysis } = (beside ?? {}) as { annualAnalysis?: Partial<Performance> | null };
  return { alerts: annualAnalysis?.alerts ?? null, requests: annualAnalysis?.requests ?? null };
}

function oneOf<Name extends string>(names: readonly Name[], argument: string, text: string): Name {
  const name = names.find((known) => known === text);
  if (name) return name;
  throw badInput(argument, `"${text}" is none of ${names.join(", ")}.`);
}
