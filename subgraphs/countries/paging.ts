import { ArgsType, type ClassType, Field, Int, ObjectType } from "type-graphql";
import type { EntityManager } from "typeorm";
import { decodeCursor, pageSize } from "../../shared/graphql/connection";
import type { RequestContext } from "../../shared/graphql/context";
import { type Page, PageInfo, pageOf } from "../../shared/graphql/page-info";

@ArgsType()
export class Paging {
  @Field(() => Int, { defaultValue: 20, description: "1 to 100." })
  first!: number;
  @Field(() => String, { nullable: true })
  after?: string | null;
}

/** A connection of one kind of node, with its edge. */
export function connectionOf<Node extends object>(name: string, node: ClassType<Node>) {
  @ObjectType(`${name}Edge`)
  class Edge {
    @Field(() => String)
    cursor!: string;
    @Field(() => node)
    node!: Node;
  }

  @ObjectType(`${name}Connection`, { description: "Counted and paged over what you may see." })
  class Connection {
    @Field(() => [node])
    nodes!: Node[];
    @Field(() => [Edge])
    edges!: Edge[];
    @Field(() => PageInfo)
    pageInfo!: PageInfo;
    @Field(() => Int)
    totalCount!: number;
  }

  return { Edge, Connection };
}

interface Slice {
  first: number;
  after: string | null;
}

interface Rows<Row> {
  rows: Row[];
  total: number;
  hasPrevious: boolean;
}

/**
 * One page of what a statement lists; it gives each row an `id` and a `rank`, and the greatest rank comes first. A cursor to what
 * the statement does not list for this reader leads nowhere.
 */
export async function readPage<Row>(
  manager: EntityManager,
  statement: string,
  parameters: readonly unknown[],
  { first, after }: Slice,
): Promise<Rows<Row>> {
  const cursor = `$${parameters.length + 1}::text`;
  const behind = `(rank, id::text) < (SELECT rank, id::text FROM listed WHERE id::text = ${cursor})`;
  const listed = `WITH listed AS (${statement})`;
  const rows: Row[] = await manager.query(
    `${listed} SELECT * FROM listed WHERE ${cursor} IS NULL OR ${behind}
     ORDER BY rank DESC, id::text DESC LIMIT $${parameters.length + 2}`,
    [...parameters, after, first],
  );
  const [{ total, before }] = await manager.query(
    `${listed} SELECT count(*)::int AS total, (count(*) FILTER (WHERE ${cursor} IS NOT NULL AND NOT ${behind}))::int AS before
     FROM listed`,
    [...parameters, after],
  );
  return { rows, total, hasPrevious: before > 0 };
}

/** The page that a caller asked for. @throws BAD_USER_INPUT */
export async function loadPage<Row, Node extends { id: string }>(
  context: RequestContext,
  { first, after }: Paging,
  read: (manager: EntityManager, slice: Slice) => Promise<Rows<Row>>,
  toNode: (row: Row) => Node,
): Promise<Page<Node>> {
  const slice = { first: pageSize(first), after: decodeCursor(after) };
  const { rows, total, hasPrevious } = await context.read((manager) =>
    read(manager, { ...slice, first: first + 1 }),
  );
  return pageOf(rows.map(toNode), { first, total, hasPrevious }, ({ id }) => id);
}
