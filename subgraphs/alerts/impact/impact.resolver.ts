import { Arg, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../../../shared/graphql/context";
import type { Written } from "../../../shared/graphql/mutation";
import { PeriodCode } from "../../../shared/graphql/scalars";
import type { Loaders } from "../loaders";
import { toImpact } from "./impact.mapping";
import { readImpact, readImpacts } from "./impact.queries";
import * as service from "./impact.service";
import {
  AgreeImpactInput,
  ImpactAssignment,
  ImpactPayload,
  ProposeImpactInput,
} from "./impact.type";

type Context = RequestContext<Loaders>;
const ERRORS =
  "Errors: FORBIDDEN. userErrors: BAD_USER_INPUT, FORBIDDEN, NOT_FOUND, IDEMPOTENCY_KEY_REUSED.";

@Resolver()
export class ImpactResolver {
  @Query(() => [ImpactAssignment], {
    nullable: true,
    description: "The levels that hold now, or what is proposed to you and by you. At most 200.",
  })
  async impactLevels(
    @Ctx() context: Context,
    @Arg("section", () => ID, { nullable: true }) section?: string | null,
    @Arg("period", () => PeriodCode, { nullable: true }) period?: string | null,
    @Arg("proposed", () => Boolean, { defaultValue: false }) proposed?: boolean,
  ): Promise<ImpactAssignment[]> {
    const of = { section: section ?? null, period: period ?? null, proposed: proposed === true };
    const rows = await context.read((manager) => readImpacts(manager, context, of));
    return rows.map((row) => toImpact(row, context.viewer));
  }

  @Mutation(() => ImpactPayload, {
    nullable: true,
    description: `Proposes a level, as the state concerned or an institution. It holds once the state agrees. ${ERRORS}`,
  })
  async proposeImpactLevel(
    @Ctx() context: Context,
    @Arg("input", () => ProposeImpactInput) input: ProposeImpactInput,
  ): Promise<ImpactPayload> {
    return toPayload(context, await service.proposeImpactLevel(context, input));
  }

  @Mutation(() => ImpactPayload, {
    nullable: true,
    description: `Agrees for the state concerned, as another person than who proposed it. ${ERRORS}`,
  })
  async agreeImpactLevel(
    @Ctx() context: Context,
    @Arg("input", () => AgreeImpactInput) input: AgreeImpactInput,
  ): Promise<ImpactPayload> {
    return toPayload(context, await service.agreeImpactLevel(context, input));
  }
}

async function toPayload(context: Context, { id, userErrors }: Written): Promise<ImpactPayload> {
  const row =
    id === null ? null : await context.read((manager) => readImpact(manager, context, id));
  return { impactLevel: row && toImpact(row, context.viewer), userErrors };
}
