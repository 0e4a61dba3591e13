import { Directive, Field, ObjectType } from "type-graphql";
import { encodeCursor } from "./connection";

@ObjectType()
@Directive("@shareable")
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean;
  @Field(() => Boolean)
  hasPreviousPage!: boolean;
  @Field(() => String, { nullable: true })
  startCursor!: string | null;
  @Field(() => String, { nullable: true })
  endCursor!: string | null;
}

export interface Page<Node> {
  nodes: Node[];
  edges: { cursor: string; node: Node }[];
  pageInfo: PageInfo;
  totalCount: number;
}

/** @param found the nodes of the page and, where there are more, one beyond it */
export function pageOf<Node>(
  found: readonly Node[],
  { first, total, hasPrevious }: { first: number; total: number; hasPrevious: boolean },
  idOf: (node: Node) => string,
): Page<Node> {
  const nodes = found.slice(0, first);
  const edges = nodes.map((node) => ({ node, cursor: encodeCursor(idOf(node)) }));
  return {
    nodes,
    edges,
    totalCount: total,
    pageInfo: {
      hasNextPage: found.length > first,
      hasPreviousPage: hasPrevious,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
