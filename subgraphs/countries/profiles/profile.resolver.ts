import { Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../../shared/graphql/context";
import { Country } from "../country.type";
import type { Loaders } from "../loaders";
import { toDraft } from "./profile.mapping";
import { readDraft } from "./profile.queries";
import { CountryProfile, ProfileDraft } from "./profile.type";

type Context = RequestContext<Loaders>;

@Resolver(() => Country)
export class ProfileResolver {
  @FieldResolver(() => CountryProfile, {
    nullable: true,
    description:
      "The newest version. Null with FORBIDDEN where the country has not shared it with you.",
  })
  async profile(
    @Root() { code }: Country,
    @Ctx() { loaders }: Context,
  ): Promise<CountryProfile | null> {
    return (await loaders.profiles.load(code))[0] ?? null;
  }

  @FieldResolver(() => [CountryProfile], {
    nullable: true,
    description: "Every published version, newest first, for whoever may read the profile.",
  })
  profileVersions(
    @Root() { code }: Country,
    @Ctx() { loaders }: Context,
  ): Promise<CountryProfile[]> {
    return loaders.profiles.load(code);
  }

  @Query(() => ProfileDraft, {
    nullable: true,
    description:
      "The version of your own country's profile that is not published yet; null where there is none.",
  })
  async profileDraft(@Ctx() context: Context): Promise<ProfileDraft | null> {
    const row = await context.read((manager) => readDraft(manager, context.viewer?.partner ?? ""));
    return row && toDraft(row);
  }
}
