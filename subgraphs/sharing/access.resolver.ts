import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../shared/graphql/context";
import { Dimension, type DimensionCode } from "../../shared/graphql/dimension";
import { badInput } from "../../shared/graphql/errors";
import { PeriodCode } from "../../shared/graphql/scalars";
import { isCountry, mayRead } from "../../shared/identity/viewer";
import { parsePeriod } from "../../shared/period";
import { type Decision, decide, type Refused, type Resource } from "../../shared/policy/decide";
import { explanation, reasonMessage } from "../../shared/policy/messages";
import { type Category, CONTACT_KINDS } from "../../shared/policy/terms";
import { readDimensions, readProtection, readReleases } from "./access.queries";
import { AccessExplanation } from "./access.type";
import { CategoryEnum } from "./agreement.type";
import { Partner, ViewerSelf } from "./partner.type";
import { Country } from "./reference";
import type { Room } from "./room";

type Context = RequestContext<Room>;

@Resolver(() => Partner)
export class AccessResolver {
  @Query(() => ViewerSelf, { nullable: true, description: "Null without a token." })
  async viewer(@Ctx() { viewer, room }: Context): Promise<ViewerSelf | null> {
    if (!viewer) return null;
    return {
      id: viewer.id,
      partner: await room.partner.load(viewer.partner),
      roles: viewer.roles,
      purpose: viewer.purpose ?? null,
    };
  }

  @Query(() => AccessExplanation, {
    nullable: true,
    description: "Why you see something or not: which agreement and which condition. Errors: BAD_USER_INPUT.",
  })
  async explainAccess(
    @Ctx() context: Context,
    @Arg("owner", () => ID) owner: string,
    @Arg("category", () => CategoryEnum) category: Category,
    @Arg("indicator", () => ID, { nullable: true, description: "For STATISTICS." }) indicator?: string | null,
    @Arg("by", () => [Dimension], { nullable: true, description: "For STATISTICS; none = totals." })
    by?: DimensionCode[] | null,
    @Arg("period", () => PeriodCode, { nullable: true, description: "For STATISTICS." }) period?: string | null,
    @Arg("contactKind", () => String, { nullable: true, description: "For CONTACT_DETAILS." }) contactKind?:
      | string
      | null,
  ): Promise<AccessExplanation> {
    if (!mayRead(context.viewer))
      return toExplanation(decide(context.viewer, { category: "PROFILE", owner }, context.terms));
    if (!PARTNER.test(owner) || !(await context.room.partner.load(owner))) {
      throw badInput("owner", `"${owner}" is not a partner of the exchange. Use a partner's code such as "AUT".`);
    }
    if (category === "STATISTICS") return explainStatistic(context, owner, { indicator, by, period });
    if (category === "CONTACT_DETAILS") return toExplanation(decideContacts(context, owner, contactKind));
    if (category === "DIRECTORY") return { ...toExplanation(NOTHING_SHARED), ...DIRECTORY };
    const decision = context.decide({ category: "PROFILE", owner });
    return toExplanation(category === "PROFILE" || decision.reason === "OWNER" ? decision : NOTHING_SHARED);
  }

  @FieldResolver(() => Country, { nullable: true, description: "Null for an institution." })
  country(@Root() { code }: Partner): Country | null {
    return isCountry(code) ? { code } : null;
  }
}

/** Looked at before the database is: an id can be any text. */
const PARTNER = /^[A-Z]{3,20}$/;
const INDICATOR = /^[A-Z][A-Z0-9_]{1,19}$/;

/** Categories that no room serves yet are closed to everyone but their owner. */
const NOTHING_SHARED: Refused = { allowed: false, reason: "NO_AGREEMENT", term: null };

const DIRECTORY = { allowed: true, reason: "PUBLIC", message: reasonMessage("PUBLIC") } as const;

/** Without a kind: the kind that is closed, if one is; "allowed" would be said of both. */
function decideContacts(context: Context, owner: string, kind: string | null | undefined): Decision {
  if (kind && !CONTACT_KINDS.some((known) => known === kind)) {
    throw badInput("contactKind", `"${kind}" is not a kind of contact. Use ${CONTACT_KINDS.join(" or ")}.`);
  }
  const kinds = kind ? [kind] : CONTACT_KINDS;
  const decisions = kinds.map((each) => context.decide({ category: "CONTACT_DETAILS", owner, kind: each }));
  return decisions.find(({ allowed }) => !allowed) ?? (decisions[0] as Decision);
}

interface StatisticQuestion {
  indicator?: string | null | undefined;
  by?: readonly DimensionCode[] | null | undefined;
  period?: string | null | undefined;
}

async function explainStatistic(
  context: Context,
  owner: string,
  { indicator, by, period: periodCode }: StatisticQuestion,
): Promise<AccessExplanation> {
  if (!indicator) throw badInput("indicator", "is missing: statistics are explained for one indicator.");
  const period = parsePeriod(periodCode ?? "");
  if (!period)
    throw badInput("period", `"${periodCode ?? ""}" is not a period. Write a quarter as 2015-Q3 or a year as 2015.`);
  const known = INDICATOR.test(indicator) && (await context.read((manager) => readDimensions(manager, indicator)));
  if (!known) throw badInput("indicator", `"${indicator}" is not an indicator of the catalogue.`);
  const lacking = by?.find((dimension) => !known.includes(dimension));
  if (lacking) throw badInput("by", `${indicator} is not broken down by ${lacking}. It has ${known.join(", ")}.`);
  const partner = context.viewer?.partner ?? "";
  const releases = await context.read((manager) => readReleases(manager, [owner, partner], indicator, period));
  const releasedAt = releases.get(owner) ?? null;
  const resource: Resource = {
    category: "STATISTICS",
    owner,
    indicator,
    period: period.code,
    dimensions: [...new Set(by ?? [])].sort(),
    start: period.start,
    end: period.end,
    releasedAt,
    reciprocated: releases.has(partner),
  };
  const decision = decide(context.viewer, resource, context.terms);
  const told = toExplanation(decision, releasedAt);
  const isCut = decision.allowed && !decision.ownNationals && by?.includes("CITIZENSHIP");
  const protects = isCut && (await context.read((manager) => readProtection(manager, indicator)));
  const notes = [
    protects && reasonMessage("OWN_NATIONALS"),
    !releasedAt && decision.allowed && "Nothing is released yet.",
  ];
  return { ...told, message: [told.message, ...notes].filter(Boolean).join(" ") };
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
