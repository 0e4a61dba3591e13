import type { EntityManager } from "typeorm";
import type { RequestContext } from "../../../shared/graphql/context";
import { type Written, writeOnce } from "../../../shared/graphql/mutation";
import { type Refusal, refuse } from "../../../shared/graphql/user-error";
import { mayApprove, type Viewer } from "../../../shared/viewer/viewer";
import { insertAct, lockAgreement, setSignature, setStanding } from "./agreement.commands";
import { type AgreementRow, readAgreement, type VersionRow } from "./agreement.queries";
import {
  type Act,
  consentTo,
  isComplete,
  ownersOf,
  signatureOf,
  standingOf,
} from "./agreement.rules";
import type { AgreementActInput } from "./proposal.input";

/**
 * What people do to an agreement: one transaction each, in turn, and only to their own partner's part in it. What closes
 * takes one approver and holds from its commit; what opens an owner's data takes a second person (the database counts
 * them again, in `sharing.guard_signature` and `guard_party`).
 */
interface Acting {
  manager: EntityManager;
  viewer: Viewer;
  input: AgreementActInput;
  row: AgreementRow;
  newest: VersionRow;
}

export function acceptAgreement(
  context: RequestContext,
  input: AgreementActInput,
): Promise<Written> {
  return act(context, "ACCEPT", input, async (acting) => {
    const { manager, viewer, row, newest } = acting;
    requireVersion(acting);
    const state = requireSignatory(acting);
    if (state === "SIGNED")
      throw wrong("id", "Your partner has signed this version already. Nothing is left to accept.");
    if (state === "DECLINED")
      throw wrong("id", "Your partner has declined this version. Propose an amendment instead.");
    const consent = consentTo(row, ["PROPOSE", "ACCEPT"], {
      partner: viewer.partner,
      version: newest.version,
      since: null,
    });
    if (consent.actors.has(viewer.id)) {
      const needs = consent.approved ? "a second person" : "an approver";
      throw wrong("id", `You have accepted already. It takes ${needs} of your partner now.`);
    }
    await insertAct(manager, viewer, actOf(acting, "ACCEPT"));
    await signWhereAgreed(manager, viewer, row.id);
  });
}

export function submitForNationalApproval(
  context: RequestContext,
  input: AgreementActInput,
): Promise<Written> {
  return act(context, "SUBMIT_FOR_NATIONAL_APPROVAL", input, async (acting) => {
    const { manager, viewer, row, newest } = acting;
    requireVersion(acting);
    if (requireSignatory(acting) !== "PROPOSED")
      throw wrong("id", "It is submitted, signed or declined already.");
    const of = { agreementId: row.id, version: newest.version, partner: viewer.partner };
    await setSignature(manager, of, "SUBMITTED_FOR_NATIONAL_APPROVAL");
    await insertAct(manager, viewer, actOf(acting, "SUBMIT_FOR_NATIONAL_APPROVAL"));
  });
}

export function declineAgreement(
  context: RequestContext,
  input: AgreementActInput,
): Promise<Written> {
  return act(context, "DECLINE", input, async (acting) => {
    const { manager, viewer, row, newest } = acting;
    requireVersion(acting);
    requireApprover(viewer);
    const state = requireSignatory(acting);
    if (state === "SIGNED")
      throw wrong("id", "Your partner has signed this version. Suspend or revoke it instead.");
    if (state === "DECLINED") throw wrong("id", "Your partner has declined this version already.");
    await setSignature(
      manager,
      { agreementId: row.id, version: newest.version, partner: viewer.partner },
      "DECLINED",
    );
    await insertAct(manager, viewer, actOf(acting, "DECLINE"));
  });
}

export function suspendAgreement(
  context: RequestContext,
  input: AgreementActInput,
): Promise<Written> {
  return act(context, "SUSPEND", input, async (acting) => {
    const { manager, viewer, row } = acting;
    requireOwner(acting, "suspends");
    requireApprover(viewer);
    if (standingOf(row, viewer.partner) !== "STANDING")
      throw wrong("id", "Your partner has suspended or revoked it already.");
    await setStanding(manager, { agreementId: row.id, partner: viewer.partner }, "SUSPENDED");
    await insertAct(manager, viewer, actOf(acting, "SUSPEND"));
  });
}

export function resumeAgreement(
  context: RequestContext,
  input: AgreementActInput,
): Promise<Written> {
  return act(context, "RESUME", input, async (acting) => {
    const { manager, viewer, row } = acting;
    requireOwner(acting, "resumes");
    const party = row.parties.find(({ partner }) => partner === viewer.partner);
    if (party?.standing !== "SUSPENDED")
      throw wrong("id", "Your partner has not suspended it. Nothing is left to resume.");
    const of = { partner: viewer.partner, version: null, since: party.since };
    if (consentTo(row, ["RESUME"], of).actors.has(viewer.id)) {
      throw wrong(
        "id",
        "You have resumed it already. It takes a second person of your partner now.",
      );
    }
    await insertAct(manager, viewer, actOf(acting, "RESUME"));
    const after = (await readAgreement(manager, viewer.partner, row.id)) as AgreementRow;
    if (isComplete(consentTo(after, ["RESUME"], of))) {
      await setStanding(manager, { agreementId: row.id, partner: viewer.partner }, "STANDING");
    }
  });
}

export function revokeAgreement(
  context: RequestContext,
  input: AgreementActInput,
): Promise<Written> {
  return act(context, "REVOKE", input, async (acting) => {
    const { manager, viewer, row } = acting;
    requireOwner(acting, "revokes");
    requireApprover(viewer);
    if (standingOf(row, viewer.partner) === "WITHDRAWN")
      throw wrong("id", "Your partner has revoked it already.");
    await setStanding(manager, { agreementId: row.id, partner: viewer.partner }, "WITHDRAWN");
    await insertAct(manager, viewer, actOf(acting, "REVOKE"));
  });
}

/** Signs the newest version for the viewer's partner where enough of its people have consented; otherwise leaves it open. */
export async function signWhereAgreed(
  manager: EntityManager,
  { partner }: Viewer,
  id: string,
): Promise<void> {
  const row = (await readAgreement(manager, partner, id)) as AgreementRow;
  const { version } = row.versions.at(-1) as VersionRow;
  const state = signatureOf(row.versions.at(-1) as VersionRow, partner);
  if (state !== "PROPOSED" && state !== "SUBMITTED_FOR_NATIONAL_APPROVAL") return;
  if (!isComplete(consentTo(row, ["PROPOSE", "ACCEPT"], { partner, version, since: null }))) return;
  await setSignature(manager, { agreementId: id, version, partner }, "SIGNED");
}

function act(
  context: RequestContext,
  name: Act,
  input: AgreementActInput,
  work: (acting: Acting) => Promise<void>,
): Promise<Written> {
  return writeOnce(context, { operation: name, input }, async (manager) => {
    const viewer = context.viewer as Viewer;
    await lockAgreement(manager, input.id);
    const row = await readAgreement(manager, viewer.partner, input.id);
    // The same words whether there is none or it names others: an agreement exists for those it names.
    if (!row) throw refuse("NOT_FOUND", ["input", "id"], "No agreement of that id names you.");
    if (input.revision != null && input.revision !== row.revision) {
      const message = `Somebody acted since: the revision is ${row.revision} now. Read the agreement and repeat.`;
      throw refuse("REVISION_CONFLICT", ["input", "revision"], message);
    }
    await work({ manager, viewer, input, row, newest: row.versions.at(-1) as VersionRow });
    return row.id;
  });
}

function actOf({ row, newest, input }: Acting, act: Act) {
  return { agreementId: row.id, version: newest.version, act, reason: input.reason ?? null };
}

/** Nobody accepts or declines a text that he has not read. */
function requireVersion({ input, newest }: Acting): void {
  if (input.version === newest.version) return;
  const message = `The newest version is ${newest.version}. Read it, and name it as \`version\`.`;
  throw refuse(
    input.version == null ? "BAD_USER_INPUT" : "REVISION_CONFLICT",
    ["input", "version"],
    message,
  );
}

function requireSignatory({ newest, viewer, row }: Acting) {
  const state = signatureOf(newest, viewer.partner);
  if (state === null)
    throw refuse(
      "FORBIDDEN",
      ["input", "id"],
      "Your partner is not one of those who sign this version.",
    );
  if (standingOf(row, viewer.partner) === "WITHDRAWN") {
    throw wrong("id", "Your partner has revoked this agreement. A new one has to be proposed.");
  }
  return state;
}

function requireOwner({ row, viewer }: Acting, does: string): void {
  if (row.versions.some((version) => ownersOf(version).includes(viewer.partner))) return;
  throw refuse(
    "FORBIDDEN",
    ["input", "id"],
    `Only an owner ${does} what it has opened. None of this is your data.`,
  );
}

function requireApprover(viewer: Viewer): void {
  if (mayApprove(viewer)) return;
  throw refuse("FORBIDDEN", ["input", "id"], "This takes an approver of your partner.");
}

function wrong(field: string, message: string): Refusal {
  return refuse("BAD_USER_INPUT", ["input", field], message);
}
