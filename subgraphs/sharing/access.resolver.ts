import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../shared/graphql/context";
import { Dimension, type DimensionCode } from "../../shared/graphql/dimension";
import { badInput } from "../../shared/graphql/errors";
import { PeriodCode } from "../../shared/graphql/scalars";
import { isCountry } from "../../shared/identity/viewer";
import { parsePeriod } from "../../shared/period";
import { type Decision, decide, type Refused, type Resource } from "../../shared/policy/decide";
import { explanation } from "../../shared/policy/messages";
import type { Category } from "../../shared/policy/terms";
import { readDimensions, readReleases } from "./agreement.queries";
import { AccessExplanation, CategoryEnum } from "./agreement.type";
import { Partner, ViewerSelf } from "./partner.type";
import { Country } from "./reference";
import type { Room } from "./room";

type Context = RequestContext<Room>;

@Resolver(() => Partner)
export class AccessResolver {
  @Query(() => ViewerSelf, { nullable: true, description: "Null without a token." })
  async viewer(@Ctx() { viewer, room }: Context): Promise<ViewerSelf | null> {
    if (!viewer) return null;
    return { id: viewer.id, partner: await room.partner.load(viewer.partner), roles: viewer.roles };
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
    if (!PARTNER.test(owner) || !(await context.room.partner.load(owner))) {
      throw badInput("owner", `"${owner}" is not a partner of the exchange. Use a partner's code such as "AUT".`);
    }
    if (category === "STATISTICS") return explainStatistic(context, owner, { indicator, by, period });
    if (category === "PROFILE") return toExplanation(context.decide({ category, owner }));
    if (category === "CONTACT_DETAILS") {
      if (contactKind && !CONTACT_KINDS.includes(contactKind)) {
        throw badInput("contactKind", `"${contactKind}" is not a kind of contact. Use ${CONTACT_KINDS.join(" or ")}.`);
      }
      const kinds = contactKind ? [contactKind] : CONTACT_KINDS;
      const decisions = kinds.map((kind) => context.decide({ category, owner, kind }));
      return toExplanation(decisions.find(({ allowed }) => allowed) ?? (decisions[0] as Decision));
    }
    return toExplanation(NOTHING_SHARED);
  }

  @FieldResolver(() => Country, { nullable: true, description: "Null for an institution." })
  country(@Root() { code }: Partner): Country | null {
    return isCountry(code) ? { code } : null;
  }
}

const CONTACT_KINDS = ["NATIONAL_CONTACT_POINT", "FOCAL_PERSON"];

/** Looked at before the database is: an id can be any text. */
const PARTNER = /^[A-Z]{3,20}$/;
const INDICATOR = /^[A-Z][A-Z0-9_]{1,19}$/;

/** Categories that no room serves yet are closed to everyone. */
const NOTHING_SHARED: Refused = { allowed: false, reason: "NO_AGREEMENT", term: null };

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
    dimensions: [...new Set(by ?? [])].sort(),
    start: period.start,
    end: period.end,
    releasedAt,
    reciprocated: releases.has(partner),
  };
  return toExplanation(decide(context.viewer, resource, context.terms), releasedAt);
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
