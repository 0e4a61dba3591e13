import { openDatabase } from "../../shared/database/data-source";
import { openRequest } from "../../shared/graphql/context";
import { Marking } from "../../shared/graphql/marking";
import type { RoomOptions } from "../../shared/graphql/room-options";
import { databaseOf, type SubgraphServer, serveSubgraph } from "../../shared/graphql/server";
import { type BuiltSubgraph, buildSubgraph } from "../../shared/graphql/subgraph";
import { FocalPerson, NationalContactPoint } from "./contact.type";
import { CountryRecord, MembershipRecord } from "./country.entity";
import { policy } from "./country.policy";
import { CountryResolver, toCountry } from "./country.resolver";
import { Country, Membership } from "./country.type";
import { CountryProfile, ProfileSection } from "./profile.type";
import { furnish, type Room } from "./room";

export function buildCountries(): Promise<BuiltSubgraph> {
  return buildSubgraph({
    name: "countries",
    resolvers: [CountryResolver],
    types: [Country, Membership, NationalContactPoint, FocalPerson, CountryProfile, ProfileSection, Marking],
    policy,
    lists: {
      "Query.countries": { assumed: 30 },
      "Country.memberships": { assumed: 4 },
      "Country.nationalContactPoints": { assumed: 2 },
      "Country.focalPersons": { assumed: 2 },
      "CountryProfile.sections": { assumed: 7 },
    },
    references: {
      Country: async ({ code }: { code: string }, { room }: { room: Room }) => {
        const found = await room.country.load(code);
        return found && toCountry(found);
      },
    },
  });
}

export async function openCountries(options: RoomOptions): Promise<SubgraphServer> {
  const entities = [CountryRecord, MembershipRecord];
  const dataSource = await openDatabase({ ...options.database, role: "accord_countries", entities });
  return serveSubgraph({
    subgraph: await buildCountries(),
    control: options.control("countries"),
    logger: options.logger,
    openContext: (verified) => openRequest(dataSource, verified, furnish),
    ...databaseOf(dataSource, options.recorder),
  });
}
