import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, FieldResolver, ID, Info, Int, Query, Resolver, Root } from "type-graphql";
import { decodeCursor, pageSize } from "../../../shared/graphql/connection";
import type { RequestContext } from "../../../shared/graphql/context";
import { pageOf } from "../../../shared/graphql/page-info";
import { asksForAny } from "../../../shared/graphql/selection";
import { MADE_OF } from "../../../shared/graphql/shield";
import type { RequestPart } from "../../../shared/policy/requests";
import * as mapping from "../content/content.mapping";
import * as contents from "../content/content.type";
import type { Loaders } from "../loaders";
import * as enums from "./request.enums";
import { partOf, toRequest } from "./request.mapping";
import { readRequests } from "./request.queries";
import { CooperationRequest, CooperationRequestConnection } from "./request.type";
import { REFERENCE } from "./request-number";
import type { State } from "./transition.rules";

type Context = RequestContext<Loaders>;

const TOTAL: ReadonlySet<string> = new Set(["totalCount"]);

const CONTENT = "Null or empty where it is not for you: `contentWithheld` says so.";

@Resolver(() => CooperationRequest)
export class RequestResolver {
  @Query(() => CooperationRequestConnection, {
    nullable: true,
    description:
      "Those that you have made, that have reached you, or that you facilitate, newest first. Errors: BAD_USER_INPUT.",
  })
  async cooperationRequests(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("first", () => Int, { defaultValue: 20, description: "1 to 100." }) first: number,
    @Arg("after", () => String, { nullable: true }) after?: string | null,
    @Arg("states", () => [enums.StateEnum], { nullable: true }) states?: readonly State[] | null,
  ): Promise<CooperationRequestConnection> {
    const page = { first: pageSize(first), after: decodeCursor(after) };
    const { rows, total, hasPrevious } = await context.read((manager) =>
      readRequests(
        manager,
        context,
        { ...page, first: page.first + 1, counted: asksForAny(info, TOTAL) },
        { states: states ?? null },
      ),
    );
    const found = rows.map((row) => toRequest(row, context.viewer));
    return pageOf(found, { first: page.first, total, hasPrevious }, ({ reference }) => reference);
  }

  @Query(() => CooperationRequest, {
    nullable: true,
    description: "Null where there is no such request for you.",
  })
  cooperationRequest(
    @Ctx() context: Context,
    @Arg("reference", () => ID) reference: string,
  ): Promise<CooperationRequest | null> {
    return loadRequest(context, reference);
  }

  @FieldResolver(() => [CooperationRequest], {
    description: "Those asked together with it, for who asked; else none.",
  })
  async siblings(
    @Ctx() context: Context,
    @Root() { reference }: CooperationRequest,
  ): Promise<CooperationRequest[]> {
    const rows = await context.loaders.siblings.load(reference);
    const found = await Promise.all(
      rows.map(({ sibling }) => context.loaders.request.load(sibling)),
    );
    return found.filter((one) => one !== null);
  }

  @FieldResolver(() => contents.RequestContent, {
    nullable: true,
    description: `What is asked. ${CONTENT}`,
  })
  async content(
    @Ctx() context: Context,
    @Root() request: CooperationRequest,
  ): Promise<contents.RequestContent | null> {
    const [row] = await context.loaders.contents.load(request.reference);
    if (row) return mapping.toContent(factsOf(request), row);
    refusedContent(context, request);
    return null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "Why what the parties write is not shown to you.",
  })
  contentWithheld(@Ctx() context: Context, @Root() request: CooperationRequest): string | null {
    return context.decide(contentOf(request)).allowed ? null : WITHHELD;
  }

  @FieldResolver(() => [contents.RequestNote], {
    description: `Words that go with the moves. ${CONTENT}`,
  })
  async notes(
    @Ctx() { loaders }: Context,
    @Root() request: CooperationRequest,
  ): Promise<contents.RequestNote[]> {
    return (await loaders.notes.load(request.reference)).map((row) =>
      mapping.toNote(factsOf(request), row),
    );
  }

  @FieldResolver(() => [contents.RequestAnswer], {
    description: `Its answer, part by part. ${CONTENT}`,
  })
  async answers(
    @Ctx() { loaders }: Context,
    @Root() request: CooperationRequest,
  ): Promise<contents.RequestAnswer[]> {
    return (await loaders.answers.load(request.reference)).map((row) =>
      mapping.toAnswer(factsOf(request), row),
    );
  }

  @FieldResolver(() => contents.RequestFeedback, { nullable: true, description: CONTENT })
  async feedback(
    @Ctx() { loaders }: Context,
    @Root() request: CooperationRequest,
  ): Promise<contents.RequestFeedback | null> {
    const [row] = await loaders.feedback.load(request.reference);
    return row ? mapping.toFeedback(factsOf(request), row) : null;
  }

  @FieldResolver(() => contents.ProposedGrant, { nullable: true, description: CONTENT })
  async proposedGrant(
    @Ctx() { loaders }: Context,
    @Root() request: CooperationRequest,
  ): Promise<contents.ProposedGrant | null> {
    const [row] = await loaders.grants.load(request.reference);
    return row ? mapping.toGrant(factsOf(request), row) : null;
  }

  @FieldResolver(() => [contents.Redissemination], {
    description: "Between the parties, whatever they disclose.",
  })
  async redisseminations(
    @Ctx() { loaders }: Context,
    @Root() request: CooperationRequest,
  ): Promise<contents.Redissemination[]> {
    const rows = await loaders.redisseminations.load(request.reference);
    return rows.map((row) => mapping.toRedissemination(factsOf(request), row));
  }
}

const WITHHELD =
  "What the parties write is for the two of them. The Secretariat reads it once both have disclosed it, each by its own act.";

/** As its reader may see it now. */
export async function loadRequest(
  { loaders }: Context,
  reference: string | null,
): Promise<CooperationRequest | null> {
  return reference !== null && REFERENCE.test(reference) ? loaders.request.load(reference) : null;
}

function factsOf(request: CooperationRequest): RequestPart {
  return request[MADE_OF][0] as RequestPart;
}

function contentOf(request: CooperationRequest): RequestPart {
  return partOf(factsOf(request), { part: "CONTENT", owner: request.requester.code });
}

/** Asking for what one may not read is written down like reading it. */
function refusedContent(context: Context, request: CooperationRequest): void {
  const resource = contentOf(request);
  const decision = context.decide(resource);
  if (!decision.allowed) context.recorder.denied({ resource, decision });
}
