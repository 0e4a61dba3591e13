import DataLoader from "dataloader";
import type { EntityManager } from "typeorm";
import type { RequestContext } from "../../shared/graphql/context";
import { grouped } from "../../shared/grouped";
import { CONTACT_KINDS, type ContactKind } from "../../shared/policy/terms";
import type { CountryRecord, MembershipRecord } from "./country.entity";
import * as countries from "./country.queries";
import { contactDetails, toContact } from "./directory/contact.mapping";
import { readContacts } from "./directory/contact.queries";
import type { LiaisonOfficer } from "./directory/contact.type";
import * as facts from "./facts/fact.queries";
import { profileOf, toProfile } from "./profiles/profile.mapping";
import { readProfiles } from "./profiles/profile.queries";
import type { CountryProfile } from "./profiles/profile.type";

/** What lives as long as the subgraph and not as a request. */
export interface Settings {
  /** A contact that nobody has verified for so many days is due. */
  readonly verifyAfterDays: number;
}

/** Batching for lists and `_entities` alike; every loader lives for one request of one viewer. */
export interface Loaders extends Settings {
  readonly country: DataLoader<string, CountryRecord | null>;
  readonly memberships: DataLoader<string, MembershipRecord[]>;
  /** `LiaisonOfficer` stands for every kind: it has the fields of all. */
  readonly contacts: DataLoader<string, Readonly<Record<ContactKind, LiaisonOfficer[]>>>;
  /** What is published, newest first; empty where nothing is, or nothing for this viewer. */
  readonly profiles: DataLoader<string, CountryProfile[]>;
  readonly centres: DataLoader<string, facts.CentreRow[]>;
  readonly memorandum: DataLoader<string, facts.MouRow[]>;
}

export function createLoaders(context: RequestContext<Loaders>, settings: Settings): Loaders {
  return {
    ...settings,
    country: new DataLoader(async (codes) => {
      const rows = await context.read((manager) => countries.readCountries(manager, codes));
      const found = new Map(rows.map((row) => [row.code, row]));
      return codes.map((code) => found.get(code) ?? null);
    }),
    memberships: byCountry(context, countries.readMemberships),
    centres: byCountry(context, facts.readCentres),
    memorandum: byCountry(context, facts.readMemorandum),
    contacts: new DataLoader((owners) => loadContacts(context, owners)),
    profiles: new DataLoader((owners) => loadProfiles(context, owners)),
  };
}

/** Everybody's to read: asked once for all the countries of a list. */
function byCountry<Row extends { country: string }>(
  context: RequestContext<Loaders>,
  read: (manager: EntityManager, codes: readonly string[]) => Promise<Row[]>,
): DataLoader<string, Row[]> {
  return new DataLoader(async (codes) => {
    const found = grouped(
      await context.read((manager) => read(manager, codes)),
      ({ country }) => country,
    );
    return codes.map((code) => found.get(code) ?? []);
  });
}

async function loadContacts(context: RequestContext<Loaders>, owners: readonly string[]) {
  const open = owners.flatMap((owner) =>
    CONTACT_KINDS.filter((kind) => context.decide(contactDetails(owner, kind)).allowed).map(
      (kind) => `${owner}/${kind}`,
    ),
  );
  const rows = await context.read((manager) => readContacts(manager, owners, open));
  const found = grouped(rows, ({ owner, kind }) => `${owner}/${kind}`);
  const of = (owner: string, kind: ContactKind) =>
    (found.get(`${owner}/${kind}`) ?? []).map(toContact);
  return owners.map((owner) => ({
    NATIONAL_CONTACT_POINT: of(owner, "NATIONAL_CONTACT_POINT"),
    FOCAL_PERSON: of(owner, "FOCAL_PERSON"),
    LIAISON_OFFICER: of(owner, "LIAISON_OFFICER"),
  }));
}

async function loadProfiles(
  context: RequestContext<Loaders>,
  owners: readonly string[],
): Promise<CountryProfile[][]> {
  const open = owners.filter((owner) => context.decide(profileOf(owner)).allowed);
  const rows =
    open.length === 0 ? [] : await context.read((manager) => readProfiles(manager, open));
  const found = grouped(rows, ({ owner }) => owner);
  return owners.map((owner) => (found.get(owner) ?? []).map(toProfile));
}
