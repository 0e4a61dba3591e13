import type { EntityManager } from "typeorm";
import { readInstant } from "../../../shared/database/terms.queries";
import { Refusal, refuse } from "../../../shared/graphql/user-error";
import type { Term } from "../../../shared/policy/terms";
import { NO_FACTS, type Viewer } from "../../../shared/viewer/viewer";
import type { TermToStore } from "../agreements/agreement.commands";
import {
  type AgreementRow,
  readAgreement,
  readAgreements,
  type VersionRow,
} from "../agreements/agreement.queries";
import { governing, signatureOf, standingOf } from "../agreements/agreement.rules";
import { readKnown } from "../agreements/proposal.queries";
import { faultsOf, type Known } from "../agreements/proposal.rules";
import { toTermToStore } from "../agreements/proposal.service";
import { readGroups } from "../partners/group.queries";
import { type Change, compare, warningsOf } from "./preview.rules";
import type { PreviewAgreementInput } from "./preview.type";
import { readOwnTables, readReleasedBy, readViewersOfMine, type TermFor } from "./viewers.queries";

export interface Preview {
  changes: Change[];
  warnings: string[];
}

/**
 * What would change for the reader's own data, partner by partner, before anything does. Nothing is written: the terms as
 * they are and as they would be go through the same `decide` that judges every request.
 */
export async function preview(
  manager: EntityManager,
  viewer: Viewer,
  input: PreviewAgreementInput,
): Promise<Preview> {
  const before = await readViewersOfMine(manager);
  const after = await termsAfter(manager, viewer, input, before);
  const tables = await readOwnTables(manager);
  const partners = [...new Set([...before, ...after].map((term) => term.viewer))];
  const released = await readReleasedBy(manager, partners, tables);
  const now = await readInstant(manager);
  const changes = compare(before, after, { owner: viewer.partner, now, tables, released });
  return { changes, warnings: warningsOf(changes, after, before) };
}

async function termsAfter(
  manager: EntityManager,
  viewer: Viewer,
  input: PreviewAgreementInput,
  before: readonly TermFor[],
): Promise<TermFor[]> {
  const { id, act, proposal, group } = input;
  if (group) return afterGroupChange(manager, viewer, group, before);
  const known = await readKnown(manager, viewer);
  if (proposal) {
    const faults = faultsOf(proposal, proposal.kind, known);
    if (faults.length > 0) throw new Refusal(faults);
    const others = id == null ? before : before.filter(({ term }) => term.agreementId !== id);
    const made = {
      agreementId: id ?? "proposal",
      title: proposal.title,
      version: 1,
      ...textOf(proposal, known.now),
    };
    return [
      ...others,
      ...(await expand(manager, viewer, known, proposal.terms.map(toTermToStore), made)),
    ];
  }
  if (id == null || act == null) {
    throw refuse(
      "BAD_USER_INPUT",
      ["input"],
      "Give an agreement's `id` with an `act`, a `proposal`, or a `group`.",
    );
  }
  const row = await readAgreement(manager, viewer.partner, id);
  if (!row) throw refuse("NOT_FOUND", ["input", "id"], "No agreement of that id names you.");
  const others = before.filter(({ term }) => term.agreementId !== id);
  if (act === "SUSPEND" || act === "REVOKE" || act === "DECLINE")
    return act === "DECLINE" ? [...before] : others;
  const version = act === "ACCEPT" ? (row.versions.at(-1) as VersionRow) : governing(row);
  return [
    ...others,
    ...(await expand(manager, viewer, known, version.terms, headOf(row, version))),
  ];
}

type Head = Pick<
  Term,
  "agreementId" | "title" | "version" | "validFrom" | "validUntil" | "purposes" | "tlp" | "handling"
>;

function headOf(row: AgreementRow, version: VersionRow): Head {
  return {
    agreementId: row.id,
    title: row.title,
    version: version.version,
    validFrom: version.valid_from === null ? null : new Date(version.valid_from),
    validUntil: version.valid_until === null ? null : new Date(version.valid_until),
    purposes: version.purposes,
    tlp: version.tlp,
    handling: version.handling,
  };
}

function textOf(
  text: NonNullable<PreviewAgreementInput["proposal"]>,
  now: Date,
): Omit<Head, "agreementId" | "title" | "version"> {
  return {
    validFrom: text.validFrom == null ? now : new Date(text.validFrom),
    validUntil: text.validUntil == null ? null : new Date(text.validUntil),
    purposes: text.purposes,
    tlp: text.tlp,
    handling: text.handling,
  };
}

/** The reader's own terms as they would stand for each recipient once everybody has signed. */
async function expand(
  manager: EntityManager,
  viewer: Viewer,
  { partners }: Known,
  terms: readonly TermToStore[],
  head: Head,
): Promise<TermFor[]> {
  const members = await membersByGroup(manager, viewer);
  const everyone = [...partners].filter(([, { kind }]) => kind !== "AUDITOR").map(([code]) => code);
  return terms
    .filter(({ owners }) => owners.includes(viewer.partner))
    .flatMap((term) => {
      const named = term.viewers.includes("*")
        ? everyone
        : [...term.viewers, ...term.groups.flatMap((name) => members.get(name) ?? [])];
      return [...new Set(named)]
        .filter((partner) => partner !== viewer.partner)
        .map((partner) => ({
          viewer: partner,
          facts: partners.get(partner) ?? NO_FACTS,
          termId: 0,
          term: toTerm(term, head, viewer.partner),
        }));
    });
}

function toTerm(term: TermToStore, head: Head, owner: string): Term {
  return {
    ...head,
    status: "ACTIVE",
    category: term.category as Term["category"],
    owners: [owner],
    indicators: term.indicators,
    detail: term.detail,
    contactKinds: term.contact_kinds,
    dataFrom: term.data_from,
    dataUntil: term.data_until,
    control: term.disclosure_control as Term["control"],
    embargoDays: term.embargo_days,
    reciprocal: term.reciprocal,
    ownNationals: term.own_nationals,
  };
}

/** `OWNER/GROUP` → members that count. */
async function membersByGroup(
  manager: EntityManager,
  viewer: Viewer,
): Promise<Map<string, string[]>> {
  const groups = await readGroups(manager, viewer.partner);
  return new Map(
    groups.map(({ id, members }) => [
      `${viewer.partner}/${id}`,
      members.filter((member) => member.confirmed_at !== null).map(({ partner }) => partner),
    ]),
  );
}

async function afterGroupChange(
  manager: EntityManager,
  viewer: Viewer,
  { id, add, remove }: NonNullable<PreviewAgreementInput["group"]>,
  before: readonly TermFor[],
): Promise<TermFor[]> {
  const name = `${viewer.partner}/${id}`;
  const members = await membersByGroup(manager, viewer);
  if (!members.has(name))
    throw refuse("NOT_FOUND", ["input", "group", "id"], "You keep no group of that id.");
  const naming = await termsNaming(manager, viewer, name);
  const { partners } = await readKnown(manager, viewer);
  const kept = before.filter(({ viewer: partner, termId }) => {
    const found = naming.find(({ term }) => term.id === termId);
    if (!found || !remove.includes(partner)) return true;
    const otherGroups = found.term.groups.filter((one) => one !== name);
    return (
      found.term.viewers.includes(partner) ||
      otherGroups.some((one) => members.get(one)?.includes(partner))
    );
  });
  const added = add.flatMap((partner) =>
    naming
      .filter(({ isOpen }) => isOpen)
      .map(({ term, head }) => ({
        viewer: partner,
        facts: partners.get(partner) ?? NO_FACTS,
        termId: term.id,
        term: toTerm(term, head, viewer.partner),
      })),
  );
  return [...kept, ...added];
}

const ALL = 1_000;

async function termsNaming(manager: EntityManager, viewer: Viewer, name: string) {
  const { rows } = await readAgreements(manager, viewer.partner, { first: ALL, after: null });
  return rows.flatMap((row) => {
    const version = governing(row);
    const isOpen =
      signatureOf(version, viewer.partner) === "SIGNED" &&
      standingOf(row, viewer.partner) === "STANDING";
    return version.terms
      .filter(({ groups }) => groups.includes(name))
      .map((term) => ({ term, head: headOf(row, version), isOpen }));
  });
}
