import { execute, type GraphQLSchema, parse } from "graphql";
import { toHtml } from "../../../shared/document/html";
import { toPdf } from "../../../shared/document/pdf";
import { AccordError, badInput } from "../../../shared/errors/errors";
import type { RequestContext } from "../../../shared/graphql/context";
import type { FileAnswer, FileRequest } from "../../../shared/graphql/files";
import type { Loaders } from "../loaders";
import { readPartnerNames } from "../requests/request.queries";
import type { GivenRequest } from "./given";
import { mechanismNamed } from "./mechanism";

type Context = RequestContext<Loaders>;

/** The very question that a client would ask, under the same shield: a document holds what the API shows this reader. */
const QUESTION = parse(`query ($reference: ID!) { cooperationRequest(reference: $reference) {
  reference kind channel urgency language mechanismVersion state dueAt requester { code } requested { code } facilitator { code }
  timeline { by { code } at to expectedUntil } contentWithheld
  content { subject informationSought purpose crimeAreas underlyingOffence factsSummary availabilityGrounds linkToEntity
    useRestrictions urgencyGround urgencyReason handlingNote marking { tlp label handling originator } }
  notes { by { code } at text }
  answers { part content at refusal { ground explanation } handlingNote marking { tlp label handling originator } }
  feedback { met comment } } }`);

const FORMATS = ["html", "pdf"] as const;

/** `GET /cooperation/communique?reference=…&format=html|pdf`: the form of the request's version, for this reader's rights. */
export function communiqueRoute(
  schema: GraphQLSchema,
): (context: Context, request: FileRequest) => Promise<FileAnswer> {
  return async (context, { parameters }) => {
    const format = FORMATS.find((known) => known === (parameters.format ?? "html"));
    if (!format)
      throw badInput("format", `"${parameters.format}" is none of ${FORMATS.join(", ")}.`);
    const variableValues = { reference: parameters.reference ?? "" };
    const { data, errors } = await execute({
      schema,
      document: QUESTION,
      variableValues,
      contextValue: context,
    });
    if (errors?.[0]) throw errors[0].originalError ?? errors[0];
    const given = data?.cooperationRequest as GivenRequest | null | undefined;
    if (!given)
      throw new AccordError("NOT_FOUND", "There is no such request for you. Check the reference.");
    const codes = [given.requester, given.requested, given.facilitator].map(({ code }) => code);
    const names = await context.read((manager) => readPartnerNames(manager, codes));
    const document = mechanismNamed(given.mechanismVersion).form(
      given,
      (code) => names.get(code) ?? code,
    );
    if (format === "html")
      return { status: 200, type: "text/html; charset=utf-8", body: Buffer.from(toHtml(document)) };
    return {
      status: 200,
      type: "application/pdf",
      name: `${given.reference}.pdf`,
      body: toPdf(document, context.terms.now),
    };
  };
}
