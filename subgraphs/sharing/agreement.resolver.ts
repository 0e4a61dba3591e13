import { Arg, Ctx, Int, Query, Resolver } from "type-graphql";
import { decodeCursor, encodeCursor, pageSize } from "../../shared/graphql/connection";
import type { RequestContext } from "../../shared/graphql/context";
import type { DimensionCode } from "../../shared/graphql/dimension";
import { MADE_OF } from "../../shared/policy/shield";
import { type AgreementRow, readAgreements, type TermRow } from "./agreement.queries";
import { type Agreement, AgreementConnection, type AgreementTerm } from "./agreement.type";
import type { Partner } from "./partner.type";
import type { Room } from "./room";

type Context = RequestContext<Room>;

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
    const nodes = await Promise.all(rows.slice(0, page.first).map((row) => toAgreement(row, context.room)));
    const edges = nodes.map((node) => ({ node, cursor: encodeCursor(node.id) }));
    return {
      nodes,
      edges,
      totalCount: total,
      pageInfo: {
        hasNextPage: rows.length > page.first,
        hasPreviousPage: hasPrevious,
        startCursor: edges[0]?.cursor ?? null,
        endCursor: edges.at(-1)?.cursor ?? null,
      },
    };
  }
}

async function toAgreement(row: AgreementRow, room: Room): Promise<Agreement> {
  const named = [...new Set(row.terms.flatMap(({ owners, viewers }) => [...owners, ...viewers]))];
  const madeOf = [{ category: "AGREEMENT", named }] as const;
  return {
    [MADE_OF]: madeOf,
    id: row.id,
    title: row.title,
    kind: row.kind,
    status: row.status,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    note: row.note,
    parties: await partners(named, room),
    terms: await Promise.all(row.terms.map((term) => toTerm(term, room, madeOf))),
  };
}

async function toTerm(row: TermRow, room: Room, madeOf: Agreement[typeof MADE_OF]): Promise<AgreementTerm> {
  return {
    [MADE_OF]: madeOf,
    category: row.category,
    owners: await partners(row.owners, room),
    viewers: await partners(row.viewers, room),
    everyPartner: row.viewers.includes("*"),
    indicators: row.indicators.map((code) => ({ code })),
    detail: row.detail as DimensionCode[],
    contactKinds: row.contact_kinds,
    dataFrom: row.data_from,
    dataUntil: row.data_until,
    disclosureControl: row.disclosure_control,
    embargoDays: row.embargo_days,
    reciprocal: row.reciprocal,
    ownNationals: row.own_nationals,
  };
}

async function partners(codes: readonly string[], room: Room): Promise<Partner[]> {
  const found = await Promise.all(codes.filter((code) => code !== "*").map((code) => room.partner.load(code)));
  return found.filter((partner) => partner !== null);
}
