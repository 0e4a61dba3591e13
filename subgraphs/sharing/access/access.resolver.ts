import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { badInput } from "../../../shared/errors/errors";
import type { RequestContext } from "../../../shared/graphql/context";
import { CountryCode } from "../../../shared/graphql/scalars";
import { type Decision, decide, type Refused } from "../../../shared/policy/decide";
import { explanation, reasonMessage } from "../../../shared/policy/messages";
import { mayRead } from "../../../shared/viewer/viewer";
import type { Loaders } from "../loaders";
import { Partner, ViewerSelf } from "../partners/partner.type";
import { Country } from "../partners/reference";
import { readIndicator, readReleases, readStatus } from "./access.queries";
import {
  type Cell,
  cellOf,
  narrowest,
  type Question,
  resourcesOf,
  statisticOf,
} from "./access.rules";
import { AccessExplanation } from "./access.type";
import { QuestionArgs } from "./question.args";

type Context = RequestContext<Loaders>;

@Resolver(() => Partner)
export class AccessResolver {
  @Query(() => ViewerSelf, { nullable: true, description: "Null without a token." })
  async viewer(@Ctx() { viewer, loaders }: Context): Promise<ViewerSelf | null> {
    if (!viewer) return null;
    const { id, roles, purpose = null } = viewer;
    return { id, partner: await loaders.partner.load(viewer.partner), roles, purpose };
  }

  @Query(() => AccessExplanation, {
    nullable: true,
    description:
      "Why you see something or not: which agreement and which condition. Errors: BAD_USER_INPUT.",
  })
  async explainAccess(
    @Ctx() context: Context,
    @Arg("owner", () => ID) owner: string,
    @Args(() => QuestionArgs) question: QuestionArgs,
    @Arg("citizenship", () => CountryCode, {
      nullable: true,
      description:
        "For STATISTICS by citizenship: explains this one cell, suppressed or own nationals included.",
    })
    citizenship?: string | null,
  ): Promise<AccessExplanation> {
    const { viewer, terms } = context;
    if (!mayRead(viewer))
      return toExplanation(decide(viewer, { category: "PROFILE", owner }, terms));
    if (!PARTNER.test(owner) || !(await context.loaders.partner.load(owner))) {
      throw badInput(
        "owner",
        `"${owner}" is not a partner of the exchange. Use a partner's code such as "AUT".`,
      );
    }
    if (question.category === "STATISTICS")
      return explainStatistic(context, owner, question, citizenship ?? null);
    if (question.category === "DIRECTORY")
      return { ...toExplanation(NOTHING_SHARED), ...DIRECTORY };
    const decision = narrowest(
      resourcesOf(question, owner).map((resource) => context.decide(resource)),
    );
    if (decision) return toExplanation(decision);
    const own = context.decide({ category: "PROFILE", owner });
    return toExplanation(own.reason === "OWNER" ? own : NOTHING_SHARED);
  }

  @FieldResolver(() => Country, { nullable: true, description: "Null for an institution." })
  country(@Root() { state }: Partner): Country | null {
    return state === null ? null : { code: state };
  }
}

/** Looked at before the database is: an id can be any text. */
const PARTNER = /^[A-Z]{3,20}$/;
const INDICATOR = /^[A-Z][A-Z0-9_]{1,19}$/;

/** Categories that no subgraph serves yet are closed to everyone but their owner. */
const NOTHING_SHARED: Refused = { allowed: false, reason: "NO_AGREEMENT", term: null };

const DIRECTORY = { allowed: true, reason: "PUBLIC", message: reasonMessage("PUBLIC") } as const;

/** The cell that a question means, checked against the catalogue. */
export async function readQuestion(context: Context, question: Question): Promise<Cell> {
  const { indicator } = question;
  const isCode = typeof indicator === "string" && INDICATOR.test(indicator);
  return cellOf(
    question,
    isCode ? await context.read((manager) => readIndicator(manager, indicator)) : null,
  );
}

async function explainStatistic(
  context: Context,
  owner: string,
  question: Question,
  citizenship: string | null,
): Promise<AccessExplanation> {
  const cell = await readQuestion(context, question);
  if (citizenship !== null && cell.dimensions.join() !== "CITIZENSHIP") {
    throw badInput(
      "citizenship",
      "explains a cell of a breakdown by citizenship. Ask with `by: [CITIZENSHIP]`.",
    );
  }
  const partner = context.viewer?.partner ?? "";
  const releases = await context.read((manager) =>
    readReleases(manager, [owner, partner], cell.indicator, cell.period),
  );
  const releasedAt = releases.get(owner) ?? null;
  const decision = context.decide(statisticOf(cell, owner, partner, releases));
  const told = toExplanation(decision, releasedAt);
  if (!decision.allowed || citizenship === null)
    return { ...told, message: withNotes(told.message, decision, cell, releasedAt) };
  const shown = await context.read((manager) => readStatus(manager, owner, cell, citizenship));
  const hidden = shown === "X" ? "OWN_NATIONALS" : shown === "Q" ? "SMALL_NUMBER" : null;
  return hidden
    ? { ...told, allowed: false, reason: hidden, message: reasonMessage(hidden) }
    : told;
}

function withNotes(
  message: string,
  decision: Decision,
  cell: Cell,
  releasedAt: Date | null,
): string {
  const isCut =
    decision.allowed && !decision.ownNationals && cell.dimensions.includes("CITIZENSHIP");
  const notes = [
    isCut && cell.protectsCitizens && reasonMessage("OWN_NATIONALS"),
    !releasedAt && decision.allowed && "Nothing is released yet.",
  ];
  return [message, ...notes].filter(Boolean).join(" ");
}

function toExplanation(decision: Decision, releasedAt: Date | null = null): AccessExplanation {
  const { allowed, reason, term } = decision;
  return {
    allowed,
    reason,
    message: explanation(decision, releasedAt),
    agreement: term && { id: term.agreementId, title: term.title },
  };
}
