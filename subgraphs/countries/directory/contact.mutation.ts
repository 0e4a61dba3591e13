import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { RequestContext } from "../../../shared/graphql/context";
import type { Written } from "../../../shared/graphql/mutation";
import type { Viewer } from "../../../shared/viewer/viewer";
import { ERRORS } from "../input.text";
import * as inputs from "./contact.input";
import { toVersion } from "./contact.mapping";
import { readVersion } from "./contact.queries";
import * as service from "./contact.service";
import { ContactPayload } from "./contact.type";

const payload = (description: string) => ({
  nullable: true,
  description: `${description} ${ERRORS}`,
});

@Resolver()
export class ContactMutations {
  @Mutation(
    () => ContactPayload,
    payload("Adds a contact of your own country; holds once a second person approves."),
  )
  async addContact(
    @Ctx() context: RequestContext,
    @Arg("input", () => inputs.AddContactInput) input: inputs.AddContactInput,
  ): Promise<ContactPayload> {
    return toPayload(context, await service.addContact(context, input));
  }

  @Mutation(
    () => ContactPayload,
    payload("A new version, whole; the old one holds until a second person approves it."),
  )
  async amendContact(
    @Ctx() context: RequestContext,
    @Arg("input", () => inputs.AmendContactInput) input: inputs.AmendContactInput,
  ): Promise<ContactPayload> {
    return toPayload(context, await service.amendContact(context, input));
  }

  @Mutation(
    () => ContactPayload,
    payload("Approves what another person submitted; one of the two is an approver."),
  )
  async approveContact(
    @Ctx() context: RequestContext,
    @Arg("input", () => inputs.ContactActInput) input: inputs.ContactActInput,
  ): Promise<ContactPayload> {
    return toPayload(context, await service.approveContact(context, input));
  }

  @Mutation(() => ContactPayload, payload("Sends a submitted version back, or takes it back."))
  async returnContact(
    @Ctx() context: RequestContext,
    @Arg("input", () => inputs.ReturnContactInput) input: inputs.ReturnContactInput,
  ): Promise<ContactPayload> {
    return toPayload(context, await service.returnContact(context, input));
  }

  @Mutation(() => ContactPayload, payload("Ends a contact: from that day on nobody else finds it."))
  async endContact(
    @Ctx() context: RequestContext,
    @Arg("input", () => inputs.EndContactInput) input: inputs.EndContactInput,
  ): Promise<ContactPayload> {
    return toPayload(context, await service.endContact(context, input));
  }

  @Mutation(() => ContactPayload, payload("Says that a contact is right as it stands."))
  async verifyContact(
    @Ctx() context: RequestContext,
    @Arg("input", () => inputs.ContactActInput) input: inputs.ContactActInput,
  ): Promise<ContactPayload> {
    return toPayload(context, await service.verifyContact(context, input));
  }
}

async function toPayload(
  context: RequestContext,
  { id, userErrors }: Written,
): Promise<ContactPayload> {
  const { partner } = context.viewer as Viewer;
  const row =
    id === null ? null : await context.read((manager) => readVersion(manager, partner, id));
  return { contact: row && toVersion(row, context.terms.now), userErrors };
}
