import type { DimensionCode } from "../../../shared/graphql/dimension";
import { markingOf } from "../../../shared/graphql/marking";
import { MADE_OF } from "../../../shared/graphql/shield";
import type { AgreementText } from "../../../shared/policy/decide";
import type { Loaders } from "../loaders";
import type { Partner } from "../partners/partner.type";
import type { AgreementRow, TermRow, VersionRow } from "./agreement.queries";
import {
  consentTo,
  governing,
  isComplete,
  signatureOf,
  standingOf,
  statusOf,
} from "./agreement.rules";
import type {
  Agreement,
  AgreementEvent,
  AgreementTerm,
  AgreementVersion,
  Signature,
} from "./agreement.type";

type MadeOf = readonly AgreementText[];

/** The API's own objects for an agreement as one reader may see it; the stored rows never leave the subgraph. */
export async function toAgreement(
  row: AgreementRow,
  reader: string,
  loaders: Loaders,
): Promise<Agreement> {
  const madeOf = [{ category: "AGREEMENT", named: namedIn(row, reader) }] as const;
  const current = governing(row);
  const versions = await Promise.all(
    row.versions.map((version) => toVersion(row, version, loaders, madeOf)),
  );
  const shown = versions[row.versions.indexOf(current)] as AgreementVersion;
  return {
    ...shown,
    id: row.id,
    title: row.title,
    kind: row.kind,
    status: statusOf(row, current),
    convener: await loaders.partner.load(row.convener),
    parties: await partners(
      current.terms.flatMap(({ owners, viewers }) => [...owners, ...viewers]),
      loaders,
    ),
    revision: row.revision,
    versions,
    history: await Promise.all(row.acts.map((act) => toEvent(act, reader, loaders))),
    awaiting: awaited(row, reader),
  };
}

/** Everyone a visible term names; a reader that sees it as a group's member is one of them. */
function namedIn(row: AgreementRow, reader: string): string[] {
  const terms = row.versions.flatMap((version) => version.terms);
  const asMember = terms.some(({ groups }) => groups.length > 0) ? [reader] : [];
  return [
    ...new Set([
      ...terms.flatMap(({ owners, viewers }) => [...owners, ...viewers]),
      row.convener,
      ...asMember,
    ]),
  ];
}

async function toVersion(
  row: AgreementRow,
  version: VersionRow,
  loaders: Loaders,
  madeOf: MadeOf,
): Promise<AgreementVersion> {
  return {
    [MADE_OF]: madeOf,
    version: version.version,
    validFrom: date(version.valid_from),
    validUntil: date(version.valid_until),
    note: version.note,
    purposes: version.purposes,
    marking: markingOf(version.tlp, version.handling, version.proposed_by),
    handlingNote: version.handling_note,
    terms: await Promise.all(version.terms.map((term) => toTerm(term, loaders, madeOf))),
    signatures: await Promise.all(
      version.signatures.map((signature) => toSignature(row, signature, loaders)),
    ),
    proposedBy: await loaders.partner.load(version.proposed_by),
    proposedAt: new Date(version.proposed_at),
    reason: version.reason,
  };
}

async function toTerm(row: TermRow, loaders: Loaders, madeOf: MadeOf): Promise<AgreementTerm> {
  return {
    [MADE_OF]: madeOf,
    category: row.category,
    owners: await partners(row.owners, loaders),
    viewers: await partners(row.viewers, loaders),
    everyPartner: row.viewers.includes("*"),
    groups: row.groups.map((name) => name.slice(name.indexOf("/") + 1)),
    indicators: row.indicators.map((code) => ({ code })),
    detail: row.detail as DimensionCode[],
    contactKinds: row.contact_kinds,
    dataFrom: row.data_from,
    dataUntil: row.data_until,
    disclosureControl: row.disclosure_control,
    embargoDays: row.embargo_days,
    reciprocal: row.reciprocal,
    ownNationals: row.own_nationals,
  };
}

async function toSignature(
  row: AgreementRow,
  { partner, state, since }: VersionRow["signatures"][number],
  loaders: Loaders,
): Promise<Signature> {
  const party = row.parties.find((one) => one.partner === partner);
  return {
    partner: await loaders.partner.load(partner),
    state,
    since: new Date(since),
    standing: party?.standing ?? "STANDING",
    standingSince: new Date(party?.since ?? since),
  };
}

async function toEvent(
  { at, act, version, partner, actor, reason }: AgreementRow["acts"][number],
  reader: string,
  loaders: Loaders,
): Promise<AgreementEvent> {
  const isOwn = partner === reader;
  return {
    at: new Date(at),
    act,
    version,
    partner: await loaders.partner.load(partner),
    actor: isOwn ? actor : null,
    reason: isOwn || act !== "PROPOSE" ? reason : null,
  };
}

const SIGNING = ["PROPOSE", "ACCEPT"] as const;

/** Said to the reader's own partner only: who of the others has acted is theirs. */
function awaited(row: AgreementRow, reader: string): string | null {
  const newest = row.versions.at(-1) as VersionRow;
  const party = row.parties.find(({ partner }) => partner === reader);
  if (standingOf(row, reader) === "SUSPENDED") {
    const consent = consentTo(row, ["RESUME"], {
      partner: reader,
      version: null,
      since: party?.since ?? null,
    });
    return consent.actors.size === 0 ? null : missing(consent);
  }
  const state = signatureOf(newest, reader);
  if (state !== "PROPOSED" && state !== "SUBMITTED_FOR_NATIONAL_APPROVAL") return null;
  return missing(
    consentTo(row, SIGNING, { partner: reader, version: newest.version, since: null }),
  );
}

function missing(consent: ReturnType<typeof consentTo>): string | null {
  if (isComplete(consent)) return null;
  if (!consent.approved)
    return consent.needed === 2 && consent.actors.size === 0
      ? "two people, one an approver"
      : "an approver";
  return "a second person";
}

async function partners(codes: readonly string[], loaders: Loaders): Promise<Partner[]> {
  const distinct = [...new Set(codes)].filter((code) => code !== "*");
  const found = await Promise.all(distinct.map((code) => loaders.partner.load(code)));
  return found.filter((partner) => partner !== null);
}

function date(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
