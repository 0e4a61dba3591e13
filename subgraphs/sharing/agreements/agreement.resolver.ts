import { Arg, Ctx, ID, Int, Query, Resolver } from "type-graphql";
import { decodeCursor, pageSize } from "../../../shared/graphql/connection";
import type { RequestContext } from "../../../shared/graphql/context";
import { pageOf } from "../../../shared/graphql/page-info";
import type { Loaders } from "../loaders";
import { toAgreement } from "./agreement.mapping";
import { readAgreement, readAgreements } from "./agreement.queries";
import { Agreement, AgreementConnection } from "./agreement.type";

type Context = RequestContext<Loaders>;

@Resolver()
export class AgreementResolver {
  @Query(() => AgreementConnection, {
    nullable: true,
    description: "Agreements that name you, by id. Errors: BAD_USER_INPUT.",
  })
  async agreements(
    @Ctx() context: Context,
    @Arg("first", () => Int, { defaultValue: 20, description: "1 to 100." }) first: number,
    @Arg("after", () => String, { nullable: true }) after?: string | null,
  ): Promise<AgreementConnection> {
    const page = { first: pageSize(first), after: decodeCursor(after) };
    const partner = context.viewer?.partner ?? "";
    const { rows, total, hasPrevious } = await context.read((manager) =>
      readAgreements(manager, partner, { ...page, first: page.first + 1 }),
    );
    const found = await Promise.all(rows.map((row) => toAgreement(row, partner, context.loaders)));
    return pageOf(found, { first: page.first, total, hasPrevious }, ({ id }) => id);
  }

  @Query(() => Agreement, {
    nullable: true,
    description: "Null where no agreement of that id names you.",
  })
  agreement(@Ctx() context: Context, @Arg("id", () => ID) id: string): Promise<Agreement | null> {
    return loadAgreement(context, id);
  }
}

/** As its reader may see it now. */
export async function loadAgreement(
  context: Context,
  id: string | null,
): Promise<Agreement | null> {
  const partner = context.viewer?.partner ?? "";
  const row =
    id === null ? null : await context.read((manager) => readAgreement(manager, partner, id));
  return row && toAgreement(row, partner, context.loaders);
}
