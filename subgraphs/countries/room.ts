import DataLoader from "dataloader";
import type { RequestContext } from "../../shared/graphql/context";
import { markingOf } from "../../shared/graphql/marking";
import type { Profile } from "../../shared/policy/decide";
import { MADE_OF } from "../../shared/policy/shield";
import { CONTACT_KINDS, type ContactKind } from "../../shared/policy/terms";
import type { FocalPerson } from "./contact.type";
import type { CountryRecord, MembershipRecord } from "./country.entity";
import * as queries from "./country.queries";
import type { CountryProfile } from "./profile.type";

/** Batching for lists and `_entities` alike; every loader lives for one request of one viewer. */
export interface Room {
  readonly country: DataLoader<string, CountryRecord | null>;
  readonly memberships: DataLoader<string, MembershipRecord[]>;
  /** `FocalPerson` stands for both kinds: they have the same fields. */
  readonly contacts: DataLoader<string, Readonly<Record<ContactKind, FocalPerson[]>>>;
  readonly profile: DataLoader<string, CountryProfile | null>;
}

export function furnish(context: RequestContext<Room>): Room {
  return {
    country: new DataLoader(async (codes) => {
      const found = new Map((await context.read((m) => queries.readCountries(m, codes))).map((row) => [row.code, row]));
      return codes.map((code) => found.get(code) ?? null);
    }),
    memberships: new DataLoader(async (codes) => {
      const rows = await context.read((manager) => queries.readMemberships(manager, codes));
      return codes.map((code) => rows.filter(({ country }) => country === code));
    }),
    contacts: new DataLoader((owners) => loadContacts(context, owners)),
    profile: new DataLoader((owners) => loadProfiles(context, owners)),
  };
}

function contactDetails(owner: string, kind: ContactKind) {
  return { category: "CONTACT_DETAILS", owner, kind } as const;
}

async function loadContacts(context: RequestContext<Room>, owners: readonly string[]) {
  const open = owners.flatMap((owner) =>
    CONTACT_KINDS.filter((kind) => context.decide(contactDetails(owner, kind)).allowed).map(
      (kind) => `${owner}/${kind}`,
    ),
  );
  const rows = await context.read((manager) => queries.readContacts(manager, owners, open));
  const of = (owner: string, kind: ContactKind): FocalPerson[] =>
    rows
      .filter((row) => row.owner === owner && row.kind === kind)
      .map(({ owner: _owner, kind: _kind, ...contact }) => ({ ...contact, [MADE_OF]: [contactDetails(owner, kind)] }));
  return owners.map((owner) => ({
    NATIONAL_CONTACT_POINT: of(owner, "NATIONAL_CONTACT_POINT"),
    FOCAL_PERSON: of(owner, "FOCAL_PERSON"),
  }));
}

export function profileOf(owner: string): Profile {
  return { category: "PROFILE", owner };
}

async function loadProfiles(
  context: RequestContext<Room>,
  owners: readonly string[],
): Promise<(CountryProfile | null)[]> {
  const open = owners.filter((owner) => context.decide(profileOf(owner)).allowed);
  const rows = await context.read((manager) => queries.readProfiles(manager, open));
  const byOwner = new Map(rows.map((row) => [row.owner, toProfile(row)]));
  return owners.map((owner) => byOwner.get(owner) ?? null);
}

function toProfile(row: queries.ProfileRow): CountryProfile {
  return {
    [MADE_OF]: [profileOf(row.owner)],
    version: row.version,
    publishedAt: row.published_at,
    sections: row.sections,
    marking: markingOf(row.tlp, row.handling, row.originator),
    source: row.source,
  };
}
