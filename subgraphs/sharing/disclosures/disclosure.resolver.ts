import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, ID, Info, Int, Query, Resolver } from "type-graphql";
import type { Outcome } from "../../../shared/audit/entry";
import { readHead, type TreeHead } from "../../../shared/audit/head";
import { AccordError, badInput } from "../../../shared/errors/errors";
import { pageSize } from "../../../shared/graphql/connection";
import type { RequestContext } from "../../../shared/graphql/context";
import { pageOf } from "../../../shared/graphql/page-info";
import { DateTimeScalar, instant } from "../../../shared/graphql/scalars";
import { asksForAny } from "../../../shared/graphql/selection";
import type { Loaders } from "../loaders";
import {
  countEntries,
  findEntry,
  hasNewer,
  type LogFilter,
  type LogRow,
  readEntries,
} from "./disclosure.queries";
import { exportPiece } from "./disclosure.service";
import {
  type Disclosure,
  DisclosureConnection,
  LogExport,
  LogVerification,
  OutcomeEnum,
} from "./disclosure.type";
import { verifyLog } from "./verification.service";

type Context = RequestContext<Loaders>;

const MOST_LINES = 10_000;
const TOTAL: ReadonlySet<string> = new Set(["totalCount"]);
const NEXT: ReadonlySet<string> = new Set(["next"]);

@Resolver()
export class DisclosureResolver {
  @Query(() => DisclosureConnection, {
    nullable: true,
    description:
      "Who was shown your data, and who was refused; newest first. Errors: FORBIDDEN, BAD_USER_INPUT.",
  })
  async disclosures(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("first", () => Int, { defaultValue: 20, description: "1 to 100." }) first: number,
    @Arg("after", () => String, { nullable: true }) after?: string | null,
    @Arg("owner", () => ID, {
      nullable: true,
      description: "Your own partner, which it is when left out.",
    })
    owner?: string | null,
    @Arg("viewer", () => ID, { nullable: true, description: "Only what this partner asked." })
    viewer?: string | null,
    @Arg("indicator", () => ID, { nullable: true }) indicator?: string | null,
    @Arg("outcome", () => OutcomeEnum, { nullable: true }) outcome?: Outcome | null,
    @Arg("from", () => DateTimeScalar, { nullable: true, description: "From this instant on." })
    from?: string | null,
    @Arg("to", () => DateTimeScalar, { nullable: true, description: "Before this instant." }) to?:
      | string
      | null,
  ): Promise<DisclosureConnection> {
    const filter: LogFilter = {
      owner: ownLog(context, owner),
      viewer: viewer ?? null,
      indicator: indicator ?? null,
      outcome: outcome ?? null,
      from: from == null ? null : instant("from", from),
      to: to == null ? null : instant("to", to),
    };
    const size = pageSize(first);
    const { rows, total, hasPrevious } = await context.read(async (manager) => {
      const before = after == null ? null : await findEntry(manager, filter.owner, placeOf(after));
      if (after != null && before === null) throw badInput("after", "is not a cursor of this log.");
      const rows = await readEntries(manager, filter, { first: size + 1, before });
      const hasPrevious = before !== null && (await hasNewer(manager, filter, before));
      const total = asksForAny(info, TOTAL) ? await countEntries(manager, filter) : 0;
      return { rows, total, hasPrevious };
    });
    const found = await Promise.all(
      rows.map(async (row) => ({ row, node: await toDisclosure(row, context.loaders) })),
    );
    const page = pageOf(found, { first: size, total, hasPrevious }, ({ row }) => cursorOf(row));
    return {
      ...page,
      nodes: page.nodes.map(({ node }) => node),
      edges: page.edges.map(({ cursor, node: { node } }) => ({ cursor, node })),
    };
  }

  @Query(() => LogVerification, {
    nullable: true,
    description:
      "Reads a log anew, every entry of it, and holds it against its signed heads; a log of more than 50,000 entries in pieces. Its owner's approver, and the auditor. Errors: FORBIDDEN, BAD_USER_INPUT, QUERY_TOO_COSTLY.",
  })
  verifyDisclosureLog(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("owner", () => ID, { nullable: true }) owner?: string | null,
    @Arg("heldHeads", () => [String], {
      nullable: true,
      description: "Heads that you kept: without one, a log that was cut short looks whole.",
    })
    heldHeads?: string[] | null,
    @Arg("after", () => String, { nullable: true, description: "`next` of the piece before." })
    after?: string | null,
  ): Promise<LogVerification> {
    const log = context.viewer?.roles.includes("AUDITOR") && owner ? owner : ownLog(context, owner);
    const asked = {
      owner: log,
      heldHeads: (heldHeads ?? []).map((text, at) => toHead("heldHeads", text, at)),
      after: after == null ? null : toHead("after", after),
      inPieces: asksForAny(info, NEXT),
    };
    return context.read((manager) => verifyLog(manager, asked));
  }

  @Query(() => LogExport, {
    nullable: true,
    description:
      "Your log piece by piece, as `accord verify-log` checks it offline. Errors: FORBIDDEN, BAD_USER_INPUT.",
  })
  disclosureLogExport(
    @Ctx() context: Context,
    @Arg("owner", () => ID, { nullable: true }) owner?: string | null,
    @Arg("after", () => Int, { defaultValue: 0, description: "`next` of the piece before." })
    after?: number,
    @Arg("first", () => Int, {
      defaultValue: 1_000,
      description: "Entries a piece, 1 to 10000.",
    })
    first?: number,
  ): Promise<LogExport> {
    const piece = { after: after ?? 0, first: first ?? 1_000 };
    if (piece.first < 1 || piece.first > MOST_LINES)
      throw badInput("first", `ask for 1 to ${MOST_LINES} entries.`);
    if (piece.after < 0) throw badInput("after", "is the `next` of the piece before.");
    const log = ownLog(context, owner);
    return context.read((manager) => exportPiece(manager, log, piece));
  }
}

function toHead(argument: string, text: string, at?: number): TreeHead {
  try {
    const head = readHead(JSON.parse(text));
    if (head) return head;
  } catch {
    // no JSON: said below
  }
  const which = at === undefined ? "is" : `${at} is`;
  throw badInput(argument, `${which} no head. Give it as it was given to you.`);
}

/** Nobody's log but one's own: said plainly, since that every owner has one is no secret. */
function ownLog({ viewer }: Context, owner: string | null | undefined): string {
  const own = viewer?.partner ?? "";
  if (owner == null || owner === own) return own;
  throw new AccordError(
    "FORBIDDEN",
    "A disclosure log is its owner's alone. Leave `owner` out, or name your own partner.",
  );
}

/** A place in this owner's log that tells nothing of how long other logs are. */
function cursorOf({ request_id: requestId, line }: LogRow): string {
  return `${requestId}_${line}`;
}

function placeOf(cursor: string): { requestId: string; line: number } {
  const [, requestId, line] =
    /^id:(.{1,100})_(\d{1,6})$/.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
  if (requestId === undefined)
    throw badInput("after", "is not a cursor. Use an endCursor of an earlier page.");
  return { requestId, line: Number(line) };
}

async function toDisclosure(row: LogRow, loaders: Loaders): Promise<Disclosure> {
  const { agreement_id: id } = row;
  return {
    at: row.at,
    requestId: row.request_id,
    viewer: await loaders.partner.load(row.viewer),
    actor: row.actor,
    category: row.category,
    operation: row.operation,
    indicators: row.indicators,
    periods: row.periods,
    detail: row.detail,
    cells: row.cells,
    channel: row.channel,
    purpose: row.purpose,
    agreement: id === null ? null : { id, title: await loaders.agreementTitle.load(id) },
    agreementVersion: row.agreement_version,
    outcome: row.outcome,
    reason: row.reason,
    times: row.times,
  };
}
