import { openDatabase } from "../../shared/database/data-source";
import type { Env } from "../../shared/env";
import { openRequest } from "../../shared/graphql/context";
import { Marking } from "../../shared/graphql/marking";
import { PageInfo } from "../../shared/graphql/page-info";
import { databaseOf, type SubgraphServer, serveSubgraph } from "../../shared/graphql/server";
import { type BuiltSubgraph, buildSubgraph } from "../../shared/graphql/subgraph";
import type { SubgraphOptions } from "../../shared/graphql/subgraph-options";
import { UserError } from "../../shared/graphql/user-error";
import type { PolicyMap } from "../../shared/policy/sensitivity";
import { CountryRecord, MembershipRecord } from "./country.entity";
import { toCountry } from "./country.mapping";
import { policy } from "./country.policy";
import { CountryResolver } from "./country.resolver";
import { Country, Membership } from "./country.type";
import { ContactMutations } from "./directory/contact.mutation";
import { ContactResolver } from "./directory/contact.resolver";
import * as directory from "./directory/contact.type";
import { FactResolver } from "./facts/fact.resolver";
import * as facts from "./facts/fact.type";
import { createLoaders, type Loaders, type Settings } from "./loaders";
import { MeetingMutations } from "./meetings/meeting.mutation";
import { MeetingResolver } from "./meetings/meeting.resolver";
import * as meetings from "./meetings/meeting.type";
import { NewsResolver } from "./news/news.resolver";
import * as news from "./news/news.type";
import { ProfileMutations } from "./profiles/profile.mutation";
import { ProfileResolver } from "./profiles/profile.resolver";
import * as profiles from "./profiles/profile.type";
import { CaseStudyMutations } from "./studies/case-study.mutation";
import { CaseStudyResolver } from "./studies/case-study.resolver";
import * as studies from "./studies/case-study.type";

const RESOLVERS = [
  CountryResolver,
  ContactResolver,
  ContactMutations,
  ProfileResolver,
  ProfileMutations,
  MeetingResolver,
  MeetingMutations,
  CaseStudyResolver,
  CaseStudyMutations,
  FactResolver,
  NewsResolver,
] as const;

const TYPES = [
  Country,
  Membership,
  Marking,
  PageInfo,
  UserError,
  directory.NationalContactPoint,
  directory.FocalPerson,
  directory.LiaisonOfficer,
  directory.ContactVersion,
  directory.ContactVersionConnection,
  directory.ContactVersionEdge,
  directory.ContactPayload,
  profiles.CountryProfile,
  profiles.ProfileSection,
  profiles.ProfileDraft,
  profiles.ProfilePayload,
  meetings.Meeting,
  meetings.MeetingParticipant,
  meetings.MeetingAgenda,
  meetings.AgendaItem,
  meetings.NextStep,
  meetings.MeetingConnection,
  meetings.MeetingEdge,
  meetings.NextStepConnection,
  meetings.NextStepEdge,
  meetings.MeetingPayload,
  meetings.ChairSeat,
  meetings.Chair,
  meetings.ChairPayload,
  studies.CaseStudy,
  studies.StudyAudience,
  studies.CaseStudyConnection,
  studies.CaseStudyEdge,
  studies.CaseStudyPayload,
  facts.MigrantResourceCentre,
  facts.MouStatus,
  facts.MouStatusPayload,
  news.NewsItem,
  news.NewsItemConnection,
  news.NewsItemEdge,
  news.ImportNewsPayload,
  news.NewsLeftOut,
];

/** A page is as long as was asked for; what stands in it is priced there. */
const PAGED = Object.fromEntries(
  [
    "contactVersions",
    "contactsToVerify",
    "meetings",
    "nextSteps",
    "caseStudies",
    "tableTopExercises",
    "news",
  ].map((field) => [`Query.${field}`, { slicing: "first" }]),
);
const PAGES = Object.fromEntries(
  ["ContactVersion", "Meeting", "NextStep", "CaseStudy", "NewsItem"].flatMap((node) => [
    [`${node}Connection.nodes`, { assumed: 1 }],
    [`${node}Connection.edges`, { assumed: 1 }],
  ]),
);

/** @param labels the subgraph's own, unless a test asks what becomes of others */
export function buildCountries(labels: PolicyMap = policy): Promise<BuiltSubgraph> {
  return buildSubgraph({
    name: "countries",
    resolvers: RESOLVERS,
    types: TYPES,
    policy: labels,
    lists: {
      "Query.countries": { assumed: 30 },
      "Country.memberships": { assumed: 4 },
      "Country.nationalContactPoints": { assumed: 2 },
      "Country.focalPersons": { assumed: 2 },
      "Country.liaisonOfficers": { assumed: 2 },
      "Country.profileVersions": { assumed: 2 },
      "CountryProfile.sections": { assumed: 7 },
      "ProfileDraft.sections": { assumed: 7 },
      "Country.migrantResourceCentres": { assumed: 2 },
      "Country.memorandum": { assumed: 1 },
      "Query.migrantResourceCentres": { assumed: 10 },
      "Query.chairs": { assumed: 3 },
      "ChairSeat.history": { assumed: 3 },
      "Meeting.participants": { assumed: 16 },
      "Meeting.nextSteps": { assumed: 5 },
      "MeetingAgenda.items": { assumed: 10 },
      ...PAGED,
      ...PAGES,
    },
    references: {
      Country: async ({ code }: { code: string }, { loaders }: { loaders: Loaders }) => {
        const found = await loaders.country.load(code);
        return found && toCountry(found);
      },
    },
  });
}

export interface CountriesOptions extends SubgraphOptions {
  /** Left out: half a year. */
  verifyAfterDays?: number;
}

const HALF_A_YEAR = 180;

/** How often a country is reminded to verify its contacts: `CONTACT_VERIFY_DAYS`. */
export function verifyAfter(env: Env): number {
  return env.integer("CONTACT_VERIFY_DAYS", HALF_A_YEAR, { from: 1, to: 3_650 });
}

export async function openCountries(options: CountriesOptions): Promise<SubgraphServer> {
  const entities = [CountryRecord, MembershipRecord];
  const dataSource = await openDatabase({
    ...options.database,
    role: "accord_countries",
    entities,
  });
  const settings: Settings = { verifyAfterDays: options.verifyAfterDays ?? HALF_A_YEAR };
  return serveSubgraph({
    subgraph: await buildCountries(),
    verifier: options.verifier("countries"),
    logger: options.logger,
    openContext: (verified) =>
      openRequest<Loaders>(dataSource, verified, (context) => createLoaders(context, settings)),
    ...databaseOf(dataSource, options.logWriter),
  });
}
