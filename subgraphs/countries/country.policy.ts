import {
  MARKING_LABELS,
  PAGE_INFO_LABELS,
  USER_ERROR_LABELS,
} from "../../shared/graphql/common.policy";
import type { LabelsOf, PolicyMap, Sensitivity } from "../../shared/policy/sensitivity";
import type { Country, Membership } from "./country.type";
import { directoryLabels, directoryMutations } from "./directory/contact.policy";
import { factLabels } from "./facts/fact.policy";
import { meetingLabels, meetingMutations, meetingQueries } from "./meetings/meeting.policy";
import { newsLabels } from "./news/news.policy";
import { profileLabels, profileMutations } from "./profiles/profile.policy";
import { studyLabels, studyMutations, studyQueries } from "./studies/case-study.policy";

const open = "PUBLIC";

/** What the subgraph's other resolvers add to a country. */
type Added =
  | "memberships"
  | "nationalContactPoints"
  | "focalPersons"
  | "liaisonOfficers"
  | "profile"
  | "profileVersions"
  | "migrantResourceCentres"
  | "memorandum";

/** How closely each field of this subgraph is held. The build fails on a field of the schema that is missing here. */
export const policy = {
  Query: {
    countries: open,
    country: open,
    contactVersions: "PARTNER",
    contactsToVerify: "PARTNER",
    profileDraft: "PARTNER",
    ...meetingQueries,
    ...studyQueries,
    migrantResourceCentres: open,
    news: open,
  },
  Mutation: {
    ...directoryMutations,
    ...profileMutations,
    ...meetingMutations,
    ...studyMutations,
    recordMouStatus: "APPROVING",
    importNews: "ACTING",
  },
  Country: {
    code: open,
    alpha2: open,
    numericCode: open,
    name: open,
    note: open,
    memberships: open,
    nationalContactPoints: "PARTNER",
    focalPersons: "PARTNER",
    liaisonOfficers: "PARTNER",
    profile: "PROFILE",
    profileVersions: "PROFILE",
    migrantResourceCentres: open,
    memorandum: open,
  } satisfies LabelsOf<Country> & Record<Added, Sensitivity>,
  Membership: {
    network: open,
    role: open,
    since: open,
    until: open,
    source: open,
  } satisfies LabelsOf<Membership>,
  ...directoryLabels,
  ...profileLabels,
  ...meetingLabels,
  ...studyLabels,
  ...factLabels,
  ...newsLabels,
  Marking: MARKING_LABELS,
  PageInfo: PAGE_INFO_LABELS,
  UserError: USER_ERROR_LABELS,
} as const satisfies PolicyMap;
