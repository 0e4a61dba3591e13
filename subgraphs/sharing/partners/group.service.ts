import type { EntityManager } from "typeorm";
import type { RequestContext } from "../../../shared/graphql/context";
import { type Written, writeOnce } from "../../../shared/graphql/mutation";
import { fault, Refusal, refuse, type UserError } from "../../../shared/graphql/user-error";
import { mayApprove, type Viewer } from "../../../shared/viewer/viewer";
import { readKnown } from "../agreements/proposal.queries";
import type { Known } from "../agreements/proposal.rules";
import {
  addMember,
  confirmMember,
  type GroupRow,
  insertGroup,
  readGroups,
  removeMembers,
} from "./group.queries";
import type { ChangePartnerGroupInput } from "./group.type";

/**
 * Who is in a group sees what its owner opened to it, from the commit on: adding is opening, so it takes two people, one
 * of them an approver; removing is closing, and takes an approver.
 */
export function changePartnerGroup(
  context: RequestContext,
  input: ChangePartnerGroupInput,
): Promise<Written> {
  return writeOnce(context, { operation: "changePartnerGroup", input }, async (manager) => {
    const viewer = context.viewer as Viewer;
    await manager.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 1))", [
      `${viewer.partner}/${input.id}`,
    ]);
    const group = await findOrMake(manager, viewer, input);
    const faults = faultsOf(input, group, viewer, await readKnown(manager, viewer));
    if (faults.length > 0) throw new Refusal(faults);
    await removeMembers(manager, viewer, group.id, input.remove);
    for (const partner of input.add) {
      const isNamed = group.members.some((member) => member.partner === partner);
      await (isNamed ? confirmMember : addMember)(manager, viewer, group.id, partner);
    }
    return group.id;
  });
}

async function findOrMake(
  manager: EntityManager,
  viewer: Viewer,
  { id, name }: ChangePartnerGroupInput,
): Promise<GroupRow> {
  const [group] = await readGroups(manager, viewer.partner, id);
  if (group) return group;
  if (!/^[A-Z][A-Z0-9_]{2,39}$/.test(id))
    throw wrong("id", "An id has 3 to 40 capital letters, digits and _.");
  if (!name?.trim()) throw wrong("name", "A new group needs a name.");
  await insertGroup(manager, viewer.partner, id, name.trim());
  return { id, name, members: [] };
}

function faultsOf(
  { add, remove }: ChangePartnerGroupInput,
  group: GroupRow,
  viewer: Viewer,
  known: Known,
): UserError[] {
  const faults: UserError[] = [];
  const say = (
    field: string,
    at: number,
    message: string,
    code: UserError["code"] = "BAD_USER_INPUT",
  ) => faults.push(fault(code, ["input", field, at], message));
  add.forEach((partner, at) => {
    const member = group.members.find((one) => one.partner === partner);
    const kind = known.partners.get(partner)?.kind;
    if (kind === undefined || kind === "AUDITOR")
      say("add", at, `"${partner}" is not a partner that could be a member.`);
    else if (partner === viewer.partner)
      say("add", at, "Your own partner sees its own data anyway.");
    else if (add.indexOf(partner) !== at || remove.includes(partner))
      say("add", at, `"${partner}" stands twice.`);
    else if (member?.confirmed_at) say("add", at, `"${partner}" is a member already.`);
    else if (member?.added_by === viewer.id)
      say("add", at, `You have added "${partner}". A second person confirms it.`);
    else if (member && !member.added_by_approver && !mayApprove(viewer))
      say("add", at, `Confirming "${partner}" takes an approver.`, "FORBIDDEN");
  });
  if (remove.length > 0 && !mayApprove(viewer))
    say("remove", 0, "Removing takes an approver.", "FORBIDDEN");
  remove.forEach((partner, at) => {
    if (!group.members.some((one) => one.partner === partner))
      say("remove", at, `"${partner}" is not in the group.`);
  });
  return faults;
}

function wrong(field: string, message: string): Refusal {
  return refuse("BAD_USER_INPUT", ["input", field], message);
}
