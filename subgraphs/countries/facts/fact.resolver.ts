import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../../shared/graphql/context";
import { Country } from "../country.type";
import { ERRORS } from "../input.text";
import type { Loaders } from "../loaders";
import { type CentreRow, type MouRow, readCentres, readMemorandum } from "./fact.queries";
import { recordMouStatus } from "./fact.service";
import {
  MigrantResourceCentre,
  MouStatus,
  MouStatusPayload,
  RecordMouStatusInput,
} from "./fact.type";

type Context = RequestContext<Loaders>;

@Resolver(() => Country)
export class FactResolver {
  @Query(() => [MigrantResourceCentre], {
    nullable: true,
    description: "All that the exchange has a source for.",
  })
  async migrantResourceCentres(@Ctx() context: Context): Promise<MigrantResourceCentre[]> {
    return (await context.read((manager) => readCentres(manager, null))).map(toCentre);
  }

  @FieldResolver(() => [MigrantResourceCentre], { nullable: true, name: "migrantResourceCentres" })
  async centres(
    @Root() { code }: Country,
    @Ctx() { loaders }: Context,
  ): Promise<MigrantResourceCentre[]> {
    return (await loaders.centres.load(code)).map(toCentre);
  }

  @FieldResolver(() => [MouStatus], {
    nullable: true,
    description:
      "National approval of RELEC's memorandum, oldest first; empty where no source says anything.",
  })
  async memorandum(@Root() { code }: Country, @Ctx() { loaders }: Context): Promise<MouStatus[]> {
    return (await loaders.memorandum.load(code)).map(toStatus);
  }

  @Mutation(() => MouStatusPayload, {
    nullable: true,
    description: `Says where your own country's approval stands. Public. ${ERRORS}`,
  })
  async recordMouStatus(
    @Ctx() context: Context,
    @Arg("input", () => RecordMouStatusInput) input: RecordMouStatusInput,
  ): Promise<MouStatusPayload> {
    const { id, userErrors } = await recordMouStatus(context, input);
    const rows =
      id === null ? null : await context.read((manager) => readMemorandum(manager, [id]));
    return { memorandum: rows?.map(toStatus) ?? null, userErrors };
  }
}

function toCentre({ country, city, as_of: asOf, source }: CentreRow): MigrantResourceCentre {
  return { country, city, asOf, source };
}

function toStatus({ state, as_of: asOf, source }: MouRow): MouStatus {
  return { state, asOf, source };
}
