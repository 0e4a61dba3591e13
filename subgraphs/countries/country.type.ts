import { Directive, Field, ObjectType, registerEnumType } from "type-graphql";
import { CountryCode, DateScalar } from "../../shared/graphql/scalars";

export enum Network {
  RELEC = "RELEC",
  COLEP = "COLEP",
  SILK_ROUTES = "SILK_ROUTES",
}
registerEnumType(Network, {
  name: "Network",
  valuesConfig: {
    RELEC: {
      description: "Regional Law Enforcement Cooperation: six countries, since October 2015.",
    },
    COLEP: { description: "Community of Law Enforcement Practitioners of the Budapest Process." },
    SILK_ROUTES: {
      description:
        "Location of the project Improving Migration Management in the Silk Routes Countries.",
    },
  },
});

export enum NetworkRole {
  RELEC_PARTICIPANT = "RELEC_PARTICIPANT",
  COLEP_PARTICIPANT = "COLEP_PARTICIPANT",
  COLEP_CHAIR = "COLEP_CHAIR",
  PILOT_FUNDER = "PILOT_FUNDER",
  SILK_ROUTES_COUNTRY = "SILK_ROUTES_COUNTRY",
  CENTRAL_ASIAN_COUNTRY = "CENTRAL_ASIAN_COUNTRY",
}
registerEnumType(NetworkRole, {
  name: "NetworkRole",
  description: "Opens nothing by itself: only an owner's agreement does.",
});

@ObjectType({
  description: "A role of a country in a network: always dated, always with its source.",
})
export class Membership {
  @Field(() => Network)
  network!: Network;
  @Field(() => NetworkRole)
  role!: NetworkRole;
  @Field(() => DateScalar)
  since!: string;
  @Field(() => DateScalar, { nullable: true, description: "Last day, where a source gives one." })
  until!: string | null;
  @Field(() => String, { description: "Document and date." })
  source!: string;
}

@ObjectType()
@Directive('@key(fields: "code")')
export class Country {
  @Field(() => CountryCode)
  code!: string;
  @Field(() => String, { nullable: true, description: "ISO 3166-1 alpha-2." })
  alpha2!: string;
  @Field(() => String, { nullable: true, description: "ISO 3166-1 numeric." })
  numericCode!: string | null;
  @Field(() => String, {
    nullable: true,
    description: "Nullable: another subgraph's answer must stand when this one is down.",
  })
  name!: string;
  @Field(() => String, { nullable: true, description: "E.g. another name in older documents." })
  note!: string | null;
}
