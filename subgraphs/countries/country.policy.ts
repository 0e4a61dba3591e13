import { MARKING_LABELS } from "../../shared/graphql/common.policy";
import type { LabelsOf, PolicyMap, Sensitivity } from "../../shared/policy/sensitivity";
import type { FocalPerson, NationalContactPoint } from "./contact.type";
import type { Country, Membership } from "./country.type";
import type { CountryProfile, ProfileSection } from "./profile.type";

const open = "PUBLIC";

/** Posts and organisations are for partners; names, mail and telephone for those the country shares them with. */
const contact = {
  id: "PARTNER",
  name: "CONTACT_DETAILS",
  title: "PARTNER",
  organisation: "PARTNER",
  email: "CONTACT_DETAILS",
  phone: "CONTACT_DETAILS",
  languages: "PARTNER",
} as const;

/** How closely each field of this room is held. The build fails on a field of the schema that is missing here. */
export const policy = {
  Query: { countries: open, country: open },
  Country: {
    code: open,
    alpha2: open,
    numericCode: open,
    name: open,
    note: open,
    memberships: open,
    nationalContactPoints: "PARTNER",
    focalPersons: "PARTNER",
    profile: "PROFILE",
  } satisfies LabelsOf<Country> &
    Record<"memberships" | "nationalContactPoints" | "focalPersons" | "profile", Sensitivity>,
  Membership: { network: open, role: open, since: open, until: open, source: open } satisfies LabelsOf<Membership>,
  NationalContactPoint: contact satisfies LabelsOf<NationalContactPoint>,
  FocalPerson: contact satisfies LabelsOf<FocalPerson>,
  CountryProfile: {
    version: "PROFILE",
    publishedAt: "PROFILE",
    sections: "PROFILE",
    marking: "PROFILE",
    source: "PROFILE",
  } satisfies LabelsOf<CountryProfile>,
  ProfileSection: { key: "INHERITED", title: "INHERITED", body: "INHERITED" } satisfies LabelsOf<ProfileSection>,
  Marking: MARKING_LABELS,
} as const satisfies PolicyMap;
