import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { RequestContext } from "../../../shared/graphql/context";
import type { Written } from "../../../shared/graphql/mutation";
import type { Loaders } from "../series/loaders";
import { DismissSignalInput, PromoteSignalInput, SignalActInput } from "./signal.input";
import { findSignal } from "./signal.loader";
import { toSignal } from "./signal.mapping";
import * as service from "./signal.service";
import { SignalPayload } from "./signal.type";

type Context = RequestContext<Loaders>;

const ERRORS =
  "For officers. Errors: FORBIDDEN. userErrors: BAD_USER_INPUT, FORBIDDEN, NOT_FOUND, REVISION_CONFLICT, IDEMPOTENCY_KEY_REUSED.";

@Resolver()
export class SignalMutations {
  @Mutation(() => SignalPayload, {
    nullable: true,
    description: `Says that somebody of yours is looking into it, or looks into it again. ${ERRORS}`,
  })
  async reviewSignal(
    @Ctx() context: Context,
    @Arg("input", () => SignalActInput) input: SignalActInput,
  ): Promise<SignalPayload> {
    return toPayload(context, await service.reviewSignal(context, input));
  }

  @Mutation(() => SignalPayload, {
    nullable: true,
    description: `Says that it is none, and why. ${ERRORS}`,
  })
  async dismissSignal(
    @Ctx() context: Context,
    @Arg("input", () => DismissSignalInput) input: DismissSignalInput,
  ): Promise<SignalPayload> {
    return toPayload(context, await service.dismissSignal(context, input));
  }

  @Mutation(() => SignalPayload, {
    nullable: true,
    description: `Drafts an alert with the series cited. It goes to nobody until a second person of yours confirms it (confirmAlert). ${ERRORS}`,
  })
  async promoteSignal(
    @Ctx() context: Context,
    @Arg("input", () => PromoteSignalInput) input: PromoteSignalInput,
  ): Promise<SignalPayload> {
    return toPayload(context, await service.promoteSignal(context, input));
  }
}

async function toPayload(context: Context, { id, userErrors }: Written): Promise<SignalPayload> {
  const found = id === null ? null : await findSignal(context, id);
  return { signal: found && toSignal(found, context.loaders.catalogue, false), userErrors };
}
