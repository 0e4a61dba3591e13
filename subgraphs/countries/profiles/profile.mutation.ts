import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { RequestContext } from "../../../shared/graphql/context";
import type { Written } from "../../../shared/graphql/mutation";
import { ERRORS } from "../input.text";
import type { Loaders } from "../loaders";
import * as inputs from "./profile.input";
import { toDraft } from "./profile.mapping";
import { readDraft } from "./profile.queries";
import * as service from "./profile.service";
import { ProfilePayload } from "./profile.type";

type Context = RequestContext<Loaders>;
const payload = (description: string) => ({
  nullable: true,
  description: `${description} ${ERRORS}`,
});

@Resolver()
export class ProfileMutations {
  @Mutation(
    () => ProfilePayload,
    payload("Begins the next version of your own country's profile, or rewrites its draft."),
  )
  async writeProfile(
    @Ctx() context: Context,
    @Arg("input", () => inputs.WriteProfileInput) input: inputs.WriteProfileInput,
  ): Promise<ProfilePayload> {
    return toPayload(context, await service.writeProfile(context, input));
  }

  @Mutation(() => ProfilePayload, payload("Submits the draft to a second person."))
  async submitProfile(
    @Ctx() context: Context,
    @Arg("input", () => inputs.ProfileActInput) input: inputs.ProfileActInput,
  ): Promise<ProfilePayload> {
    return toPayload(context, await service.submitProfile(context, input));
  }

  @Mutation(() => ProfilePayload, payload("Makes it a draft again, and says why."))
  async returnProfile(
    @Ctx() context: Context,
    @Arg("input", () => inputs.ReturnProfileInput) input: inputs.ReturnProfileInput,
  ): Promise<ProfilePayload> {
    return toPayload(context, await service.returnProfile(context, input));
  }

  @Mutation(
    () => ProfilePayload,
    payload("Says at which meeting it was presented. It stays your own until it is published."),
  )
  async presentProfile(
    @Ctx() context: Context,
    @Arg("input", () => inputs.PresentProfileInput) input: inputs.PresentProfileInput,
  ): Promise<ProfilePayload> {
    return toPayload(context, await service.presentProfile(context, input));
  }

  @Mutation(
    () => ProfilePayload,
    payload(
      "Publishes it to whom your agreements open it, as another person than who submitted it.",
    ),
  )
  async publishProfile(
    @Ctx() context: Context,
    @Arg("input", () => inputs.ProfileActInput) input: inputs.ProfileActInput,
  ): Promise<ProfilePayload> {
    return toPayload(context, await service.publishProfile(context, input));
  }
}

async function toPayload(
  context: Context,
  { id: owner, userErrors }: Written,
): Promise<ProfilePayload> {
  if (owner === null) return { draft: null, profile: null, userErrors };
  const draft = await context.read((manager) => readDraft(manager, owner));
  const [profile = null] = await context.loaders.profiles.clear(owner).load(owner);
  return { draft: draft && toDraft(draft), profile, userErrors };
}
