/** What a viewer may do: any operation, as any of its people, by every route. Others may have asked the same before. */
import fc, { type Arbitrary } from "fast-check";
import { GraphQLString } from "graphql";
import { officerOf } from "../support/alerts";
import { analystOf } from "../support/people";
import { answeredIn } from "./coverage";
import type { Asked, Root } from "./operation";
import { write } from "./operation.text";
import type { Parted } from "./parting";
import { type Call, differenceOf, get, post, replyTo, streamOf } from "./reply";

export interface Attempt {
  readonly client: string | null;
  /** Who asks the same first: what a process remembers of one viewer is not for another. */
  readonly first: string | null;
  /** One for each world, where what is asked has another id in each. */
  readonly calls: readonly [Call, Call];
  /** Root fields, in the order in which they are asked; none where the route is another one. */
  readonly fields: readonly string[];
}

/** Who sees the most, and two who see their own. */
export const NEIGHBOURS = [
  analystOf("FRONTEX"),
  analystOf("FRONTEX"),
  officerOf("AUT"),
  officerOf("HUN"),
];

/** @param before people one of whom asks the same first; whoever they are, the viewer is not among them */
export function attempts(
  kind: "query" | "mutation",
  roots: Arbitrary<readonly Asked[]>,
  { clients, viewer }: Parted,
  before: readonly string[] = [],
): Arbitrary<Attempt> {
  const others = before.filter((client) => !client.startsWith(viewer.toLowerCase()));
  const way = fc.record({ beside: fc.boolean(), receipt: fc.boolean(), byGet: fc.boolean() });
  const parts = {
    client: fc.constantFrom(...clients),
    first: others.length === 0 ? fc.constant(null) : fc.constantFrom(...others),
    roots,
    way,
  };
  return fc.record(parts).map(({ client, first, roots, way }) => {
    const request = write(kind, roots, way.beside);
    const call =
      way.byGet && kind === "query" ? get(request) : post(request, way.receipt && kind === "query");
    return {
      client,
      first,
      calls: [call, call],
      fields: roots.map(({ field }) => `${kind}.${field}`),
    };
  });
}

/** Several root fields in one operation. */
export const mixed = (roots: readonly Root[]): Arbitrary<readonly Asked[]> =>
  fc.array(fc.oneof(...roots.map(({ any }) => any)), { minLength: 1, maxLength: 3 });

export const single = ({ any }: Root): Arbitrary<readonly Asked[]> => any.map((one) => [one]);

/**
 * Without the fields that tell an owner what others have been shown: how far somebody else pages through what it alone
 * may see is told to the senders of what it came upon, and rightly so.
 */
export const untold = (roots: readonly Root[]): Root[] =>
  roots.filter(({ name }) => !/alert|disclos/i.test(name));

/** Puts an attempt to both worlds. @throws with the attempt and the first byte that differs */
export async function expectSame(
  { a, b, viewer, tally }: Parted,
  { client, first, calls, fields }: Attempt,
): Promise<void> {
  const sides = [
    [a, calls[0]],
    [b, calls[1]],
  ] as const;
  if (first !== null) await Promise.all(sides.map(([side, call]) => replyTo(side, first, call)));
  const [one, other] = await Promise.all(sides.map(([side, call]) => replyTo(side, client, call)));
  tally.asked++;
  if (one?.includes("GRAPHQL_VALIDATION_FAILED")) tally.invalid++;
  for (const field of answeredIn(one as string, fields)) tally.answered.add(field);
  const difference = differenceOf(one as string, other as string);
  if (difference !== null)
    throw new Error(
      `${viewer} (as ${client}) tells the worlds apart ${difference}\n${callText(calls[0], first)}`,
    );
}

function callText({ method, path, body }: Call, first: string | null): string {
  const asked =
    body === null ? decodeURIComponent(path.replaceAll("+", " ")) : `${path} ${readable(body)}`;
  return `${method} ${asked}${first === null ? "" : `\nafter ${first} has asked the same`}`;
}

function readable(body: string): string {
  if (!body.startsWith("{")) return body;
  const { query, variables } = JSON.parse(body) as { query: string; variables: object };
  return `${query}\nvariables: ${JSON.stringify(variables)}`;
}

const FEED = "{ alertFeed(first: 100) { edges { cursor } } }";

/** The stream from its start, until all that the feed holds has come. */
export async function expectSameStream(
  { a, b, viewer }: Parted,
  client: string,
  root: Asked,
): Promise<void> {
  const after = { type: GraphQLString, value: "start" };
  const request = write("subscription", [{ ...root, given: [["after", after]] }], false);
  const [one, other] = await Promise.all(
    [a, b].map(async (side) => {
      const { data } = await side.exchange.ask(client, FEED);
      return streamOf(side, client, request, data.alertFeed.edges.length);
    }),
  );
  const difference = differenceOf(one as string, other as string);
  if (difference !== null)
    throw new Error(
      `${viewer} (as ${client}) is streamed something else ${difference}\n${request.query}`,
    );
}
