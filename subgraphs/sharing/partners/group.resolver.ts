import { Arg, Ctx, Mutation, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../../../shared/graphql/context";
import type { Loaders } from "../loaders";
import { type GroupRow, readGroups } from "./group.queries";
import { changePartnerGroup } from "./group.service";
import { ChangePartnerGroupInput, PartnerGroup, PartnerGroupPayload } from "./group.type";

type Context = RequestContext<Loaders>;

@Resolver()
export class GroupResolver {
  @Query(() => [PartnerGroup], {
    nullable: true,
    description: "The groups that your own partner keeps.",
  })
  partnerGroups(@Ctx() context: Context): Promise<PartnerGroup[]> {
    return loadGroups(context, null);
  }

  @Mutation(() => PartnerGroupPayload, {
    nullable: true,
    description:
      "Makes or changes a group of your own. Adding takes two people, removing an approver. userErrors: BAD_USER_INPUT, FORBIDDEN, IDEMPOTENCY_KEY_REUSED.",
  })
  async changePartnerGroup(
    @Ctx() context: Context,
    @Arg("input", () => ChangePartnerGroupInput) input: ChangePartnerGroupInput,
  ): Promise<PartnerGroupPayload> {
    const { id, userErrors } = await changePartnerGroup(context, input);
    const [group = null] = id === null ? [] : await loadGroups(context, id);
    return { group, userErrors };
  }
}

async function loadGroups(context: Context, id: string | null): Promise<PartnerGroup[]> {
  const rows = await context.read((manager) =>
    readGroups(manager, context.viewer?.partner ?? "", id),
  );
  return Promise.all(rows.map((row) => toGroup(row, context.loaders)));
}

async function toGroup({ id, name, members }: GroupRow, loaders: Loaders): Promise<PartnerGroup> {
  return {
    id,
    name,
    members: await Promise.all(
      members.map(async (member) => ({
        partner: await loaders.partner.load(member.partner),
        addedBy: member.added_by,
        addedAt: new Date(member.added_at),
        confirmedBy: member.confirmed_by,
        confirmedAt: member.confirmed_at === null ? null : new Date(member.confirmed_at),
      })),
    ),
  };
}
