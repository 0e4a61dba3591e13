import { randomBytes } from "node:crypto";
import type { EntityManager } from "typeorm";
import type { RequestContext } from "../../../shared/graphql/context";
import { type Written, writeOnce } from "../../../shared/graphql/mutation";
import { Refusal, refuse } from "../../../shared/graphql/user-error";
import { parsePeriod } from "../../../shared/period";
import type { Viewer } from "../../../shared/viewer/viewer";
import {
  insertAct,
  insertAgreement,
  insertVersion,
  lockAgreement,
  type TermToStore,
} from "./agreement.commands";
import { readAgreement, type VersionRow } from "./agreement.queries";
import { signatoriesOf } from "./agreement.rules";
import { signWhereAgreed } from "./agreement.service";
import type {
  AgreementTermInput,
  AmendAgreementInput,
  ProposeAgreementInput,
} from "./proposal.input";
import { readKnown } from "./proposal.queries";
import { faultsOf } from "./proposal.rules";

/**
 * Proposing opens nothing. It is the proposer's own first consent: an owner still needs a second person, every other party
 * its own approver.
 */
export function proposeAgreement(
  context: RequestContext,
  input: ProposeAgreementInput,
): Promise<Written> {
  return writeOnce(context, { operation: "proposeAgreement", input }, async (manager) => {
    const viewer = context.viewer as Viewer;
    const known = await readKnown(manager, viewer);
    const faults = faultsOf(input, input.kind, known);
    if (faults.length > 0) throw new Refusal(faults);
    const id = `A-${randomBytes(5).toString("hex")}`;
    await insertAgreement(manager, {
      id,
      title: input.title.trim(),
      kind: input.kind,
      convener: viewer.partner,
    });
    await storeVersion(manager, viewer, {
      id,
      version: 1,
      text: input,
      reason: null,
      now: known.now,
    });
    return id;
  });
}

/** A new version beside the one in force, which holds until the new one is signed. */
export function amendAgreement(
  context: RequestContext,
  input: AmendAgreementInput,
): Promise<Written> {
  return writeOnce(context, { operation: "amendAgreement", input }, async (manager) => {
    const viewer = context.viewer as Viewer;
    await lockAgreement(manager, input.id);
    const row = await readAgreement(manager, viewer.partner, input.id);
    if (!row) throw refuse("NOT_FOUND", ["input", "id"], "No agreement of that id names you.");
    const newest = row.versions.at(-1) as VersionRow;
    if (newest.version !== input.version) {
      throw refuse(
        "REVISION_CONFLICT",
        ["input", "version"],
        `The newest version is ${newest.version}. Read it first.`,
      );
    }
    const known = await readKnown(manager, viewer);
    const faults = faultsOf(input, row.kind, known);
    if (faults.length > 0) throw new Refusal(faults);
    const version = newest.version + 1;
    await storeVersion(manager, viewer, {
      id: row.id,
      version,
      text: input,
      reason: input.reason,
      now: known.now,
    });
    return row.id;
  });
}

interface Draft {
  id: string;
  version: number;
  text: ProposeAgreementInput | AmendAgreementInput;
  reason: string | null;
  now: Date;
}

async function storeVersion(manager: EntityManager, viewer: Viewer, draft: Draft): Promise<void> {
  const { id, version, text, reason, now } = draft;
  await insertVersion(manager, {
    agreementId: id,
    version,
    proposedBy: viewer.partner,
    validFrom: text.validFrom == null ? now : new Date(text.validFrom),
    validUntil: text.validUntil == null ? null : new Date(text.validUntil),
    note: text.note ?? null,
    purposes: text.purposes,
    tlp: text.tlp,
    handling: text.handling,
    handlingNote: text.handlingNote ?? null,
    reason,
    terms: text.terms.map(toTermToStore),
    signatories: signatoriesOf(text.terms),
  });
  await insertAct(manager, viewer, { agreementId: id, version, act: "PROPOSE", reason });
  await signWhereAgreed(manager, viewer, id);
}

export function toTermToStore(term: AgreementTermInput): TermToStore {
  return {
    category: term.category,
    owners: term.owners,
    viewers: term.everyPartner ? ["*"] : term.viewers,
    groups: term.groups.map((id) => `${term.owners[0]}/${id}`),
    indicators: term.indicators,
    detail: term.detail,
    contact_kinds: term.contactKinds,
    data_from: parsePeriod(term.periodsFrom ?? "")?.start ?? null,
    data_until: parsePeriod(term.periodsTo ?? "")?.end ?? null,
    disclosure_control: term.disclosureControl,
    embargo_days: term.embargoDays,
    reciprocal: term.reciprocal,
    own_nationals: term.ownNationals,
  };
}
