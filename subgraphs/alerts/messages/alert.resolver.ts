import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, FieldResolver, ID, Info, Int, Query, Resolver, Root } from "type-graphql";
import { decodeCursor, pageSize } from "../../../shared/graphql/connection";
import type { RequestContext } from "../../../shared/graphql/context";
import { pageOf } from "../../../shared/graphql/page-info";
import { asksForAny } from "../../../shared/graphql/selection";
import { UUID } from "../../../shared/uuid";
import { writeCap } from "../cap-file/write";
import type { Loaders } from "../loaders";
import * as enums from "./alert.enums";
import { toAlert, toDelivery } from "./alert.mapping";
import { readAlerts } from "./alert.queries";
import { Alert, AlertConnection, AlertDelivery } from "./alert.type";
import type { Status } from "./cap";

type Context = RequestContext<Loaders>;

const TOTAL: ReadonlySet<string> = new Set(["totalCount"]);

@Resolver(() => Alert)
export class AlertResolver {
  @Query(() => AlertConnection, {
    nullable: true,
    description:
      "What you have sent and what is addressed to you, newest first. Errors: BAD_USER_INPUT.",
  })
  async alerts(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("first", () => Int, { defaultValue: 20, description: "1 to 100." }) first: number,
    @Arg("after", () => String, { nullable: true }) after?: string | null,
    @Arg("status", () => [enums.StatusEnum], { nullable: true }) status?: readonly Status[] | null,
    @Arg("state", () => [enums.AlertStateEnum], { nullable: true }) state?:
      | readonly enums.AlertState[]
      | null,
  ): Promise<AlertConnection> {
    const page = { first: pageSize(first), after: decodeCursor(after) };
    const { rows, total, hasPrevious } = await context.read((manager) =>
      readAlerts(
        manager,
        context,
        { ...page, first: page.first + 1, counted: asksForAny(info, TOTAL) },
        { status: status ?? null, state: state ?? null },
      ),
    );
    const found = rows.map((row) => toAlert(row, context.viewer));
    return pageOf(found, { first: page.first, total, hasPrevious }, ({ identifier }) => identifier);
  }

  @Query(() => Alert, {
    nullable: true,
    description: "Null where there is no such message for you.",
  })
  alert(
    @Ctx() context: Context,
    @Arg("identifier", () => ID) identifier: string,
  ): Promise<Alert | null> {
    return loadAlert(context, identifier);
  }

  @FieldResolver(() => [AlertDelivery], {
    description: "What became of it: of every recipient for the sender, of you yourself otherwise.",
  })
  async deliveries(@Ctx() { loaders }: Context, @Root() alert: Alert): Promise<AlertDelivery[]> {
    const rows = await loaders.deliveries.load(alert.identifier);
    return rows.map((row) => toDelivery(alert, row));
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "The message as a CAP 1.2 file, valid against the OASIS schema; null while it is a draft.",
  })
  xml(@Root() alert: Alert): string | null {
    return alert.sent === null ? null : writeCap(alert);
  }
}

/** As its reader may see it now. */
export async function loadAlert(
  { loaders }: Context,
  identifier: string | null,
): Promise<Alert | null> {
  return identifier !== null && UUID.test(identifier) ? loaders.alert.load(identifier) : null;
}
