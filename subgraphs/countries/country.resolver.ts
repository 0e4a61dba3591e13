import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../shared/graphql/context";
import { badInput } from "../../shared/graphql/errors";
import { CountryCode } from "../../shared/graphql/scalars";
import { MADE_OF } from "../../shared/policy/shield";
import { FocalPerson, NationalContactPoint } from "./contact.type";
import type { CountryRecord } from "./country.entity";
import { readDirectory, readMembers } from "./country.queries";
import { Country, Membership, Network } from "./country.type";
import { CountryProfile } from "./profile.type";
import { profileOf, type Room } from "./room";

type Context = RequestContext<Room>;

/** Looked at before the database is: a code can be any text. */
const CODE = /^[A-Z]{3}$/;

@Resolver(() => Country)
export class CountryResolver {
  @Query(() => [Country], { nullable: true, description: "The countries of the exchange; of one network where asked." })
  async countries(
    @Ctx() context: Context,
    @Arg("network", () => Network, { nullable: true }) network?: Network | null,
  ): Promise<Country[]> {
    const directory = await context.read(readDirectory);
    if (!network) return directory.map(toCountry);
    const members = new Set(await context.read((manager) => readMembers(manager, network)));
    return directory.filter(({ code }) => members.has(code)).map(toCountry);
  }

  @Query(() => Country, { nullable: true, description: "Errors: BAD_USER_INPUT." })
  async country(@Ctx() { room }: Context, @Arg("code", () => CountryCode) code: string): Promise<Country> {
    const found = CODE.test(code) ? await room.country.load(code) : null;
    if (found) return toCountry(found);
    throw badInput("code", `"${code}" is not a country. Use an ISO 3166-1 alpha-3 code such as "AUT".`);
  }

  @FieldResolver(() => [Membership], { nullable: true })
  memberships(@Root() { code }: Country, @Ctx() { room }: Context): Promise<unknown> {
    return room.memberships.load(code);
  }

  @FieldResolver(() => [NationalContactPoint], { nullable: true })
  async nationalContactPoints(@Root() { code }: Country, @Ctx() { room }: Context): Promise<NationalContactPoint[]> {
    return (await room.contacts.load(code)).NATIONAL_CONTACT_POINT;
  }

  @FieldResolver(() => [FocalPerson], { nullable: true })
  async focalPersons(@Root() { code }: Country, @Ctx() { room }: Context): Promise<FocalPerson[]> {
    return (await room.contacts.load(code)).FOCAL_PERSON;
  }

  @FieldResolver(() => CountryProfile, {
    nullable: true,
    description: "The newest version. Null with FORBIDDEN where the country has not shared it with you.",
  })
  profile(@Root() { code }: Country, @Ctx() { room }: Context): Promise<CountryProfile | null> {
    return room.profile.load(code);
  }
}

/** The profile is judged before it is fetched, hence the mark on the country itself. */
export function toCountry({ code, alpha2, numericCode, name, note }: CountryRecord): Country {
  return Object.assign({ code, alpha2, numericCode, name, note }, { [MADE_OF]: [profileOf(code)] });
}
