import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { badInput } from "../../shared/errors/errors";
import type { RequestContext } from "../../shared/graphql/context";
import { CountryCode } from "../../shared/graphql/scalars";
import { toCountry } from "./country.mapping";
import { readDirectory, readMembers } from "./country.queries";
import { Country, Membership, Network } from "./country.type";
import { isDay } from "./input.rules";
import type { Loaders } from "./loaders";

type Context = RequestContext<Loaders>;

/** Looked at before the database is: a code can be any text. */
const CODE = /^[A-Z]{3}$/;

@Resolver(() => Country)
export class CountryResolver {
  @Query(() => [Country], {
    nullable: true,
    description: "The countries of the exchange; of one network where asked.",
  })
  async countries(
    @Ctx() context: Context,
    @Arg("network", () => Network, { nullable: true }) network?: Network | null,
    @Arg("on", () => String, {
      nullable: true,
      description: "Members of that day, `2022-05-18`; else of any time.",
    })
    on?: string | null,
  ): Promise<Country[]> {
    if (on != null && !isDay(on)) throw badInput("on", "is not a day. Write it as 2022-05-18.");
    if (on != null && !network) throw badInput("on", "goes with a network. Name one.");
    const directory = await context.read(readDirectory);
    if (!network) return directory.map(toCountry);
    const members = new Set(
      await context.read((manager) => readMembers(manager, network, on ?? null)),
    );
    return directory.filter(({ code }) => members.has(code)).map(toCountry);
  }

  @Query(() => Country, { nullable: true, description: "Errors: BAD_USER_INPUT." })
  async country(
    @Ctx() { loaders }: Context,
    @Arg("code", () => CountryCode) code: string,
  ): Promise<Country> {
    const found = CODE.test(code) ? await loaders.country.load(code) : null;
    if (found) return toCountry(found);
    throw badInput(
      "code",
      `"${code}" is not a country. Use an ISO 3166-1 alpha-3 code such as "AUT".`,
    );
  }

  @FieldResolver(() => [Membership], { nullable: true })
  memberships(@Root() { code }: Country, @Ctx() { loaders }: Context): Promise<unknown> {
    return loaders.memberships.load(code);
  }
}
