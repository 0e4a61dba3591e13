import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from "type-graphql";
import type { RequestContext } from "../../../shared/graphql/context";
import type { Written } from "../../../shared/graphql/mutation";
import { UserError } from "../../../shared/graphql/user-error";
import type { Loaders } from "../loaders";
import { loadAgreement } from "./agreement.resolver";
import * as service from "./agreement.service";
import { Agreement } from "./agreement.type";
import { AgreementActInput, AmendAgreementInput, ProposeAgreementInput } from "./proposal.input";
import * as proposals from "./proposal.service";

type Context = RequestContext<Loaders>;

@ObjectType({ description: "The agreement as you may see it now; null where nothing was done." })
export class AgreementPayload {
  @Field(() => Agreement, { nullable: true })
  agreement!: Agreement | null;
  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}

const ERRORS =
  "Errors: FORBIDDEN. userErrors: BAD_USER_INPUT, FORBIDDEN, NOT_FOUND, REVISION_CONFLICT, IDEMPOTENCY_KEY_REUSED.";

@Resolver()
export class AgreementMutations {
  @Mutation(() => AgreementPayload, {
    nullable: true,
    description: `Proposes an agreement that you are a party to, or as the Secretariat convene. Opens nothing yet. ${ERRORS}`,
  })
  async proposeAgreement(
    @Ctx() context: Context,
    @Arg("input", () => ProposeAgreementInput) input: ProposeAgreementInput,
  ): Promise<AgreementPayload> {
    return toPayload(context, await proposals.proposeAgreement(context, input));
  }

  @Mutation(() => AgreementPayload, {
    nullable: true,
    description: `Proposes a new version; the one in force holds until the new one is signed. ${ERRORS}`,
  })
  async amendAgreement(
    @Ctx() context: Context,
    @Arg("input", () => AmendAgreementInput) input: AmendAgreementInput,
  ): Promise<AgreementPayload> {
    return toPayload(context, await proposals.amendAgreement(context, input));
  }

  @Mutation(() => AgreementPayload, {
    nullable: true,
    description: `Consents for your partner to the newest version. It is signed once an approver has, and for an owner a second person too. ${ERRORS}`,
  })
  async acceptAgreement(
    @Ctx() context: Context,
    @Arg("input", () => AgreementActInput) input: AgreementActInput,
  ): Promise<AgreementPayload> {
    return toPayload(context, await service.acceptAgreement(context, input));
  }

  @Mutation(() => AgreementPayload, {
    nullable: true,
    description: `Notes that your state's own approval is under way. Opens nothing. ${ERRORS}`,
  })
  async submitForNationalApproval(
    @Ctx() context: Context,
    @Arg("input", () => AgreementActInput) input: AgreementActInput,
  ): Promise<AgreementPayload> {
    return toPayload(context, await service.submitForNationalApproval(context, input));
  }

  @Mutation(() => AgreementPayload, {
    nullable: true,
    description: `Declines the newest version for your partner. ${ERRORS}`,
  })
  async declineAgreement(
    @Ctx() context: Context,
    @Arg("input", () => AgreementActInput) input: AgreementActInput,
  ): Promise<AgreementPayload> {
    return toPayload(context, await service.declineAgreement(context, input));
  }

  @Mutation(() => AgreementPayload, {
    nullable: true,
    description: `Closes your data under this agreement, until it is resumed; the first request after it no longer sees them. ${ERRORS}`,
  })
  async suspendAgreement(
    @Ctx() context: Context,
    @Arg("input", () => AgreementActInput) input: AgreementActInput,
  ): Promise<AgreementPayload> {
    return toPayload(context, await service.suspendAgreement(context, input));
  }

  @Mutation(() => AgreementPayload, {
    nullable: true,
    description: `Opens again what your partner suspended. It takes two people, one an approver. ${ERRORS}`,
  })
  async resumeAgreement(
    @Ctx() context: Context,
    @Arg("input", () => AgreementActInput) input: AgreementActInput,
  ): Promise<AgreementPayload> {
    return toPayload(context, await service.resumeAgreement(context, input));
  }

  @Mutation(() => AgreementPayload, {
    nullable: true,
    description: `Withdraws your data from this agreement for good; the first request after it no longer sees them. ${ERRORS}`,
  })
  async revokeAgreement(
    @Ctx() context: Context,
    @Arg("input", () => AgreementActInput) input: AgreementActInput,
  ): Promise<AgreementPayload> {
    return toPayload(context, await service.revokeAgreement(context, input));
  }
}

async function toPayload(context: Context, { id, userErrors }: Written): Promise<AgreementPayload> {
  return { agreement: await loadAgreement(context, id), userErrors };
}
