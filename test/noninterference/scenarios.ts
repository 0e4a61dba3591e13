/**
 * What the viewer has good reason to do: one scenario for each field, which succeeds. Generated questions try everything; these make
 * sure that each route opens at least once. What a scenario is about is looked up in each world, where it may have another id.
 */
import fc from "fast-check";
import { type Attempt, expectSame } from "./calls";
import type { Asked, Grammar, Root } from "./operation";
import { write } from "./operation.text";
import type { Parted, World } from "./parting";
import { type Call, post } from "./reply";

type Found = Readonly<Record<string, unknown>> | undefined;

export interface Scenario {
  readonly field: string;
  /** Of a partner that has several. */
  readonly by: "analyst" | "officer" | "approver";
  /** What it is about: the row of a statement for the viewer $1 whose columns are named as inputs are, or an answer. */
  readonly about?: string | ((world: World, client: string) => Promise<Found>);
  /** What is given besides. */
  readonly more?: (viewer: string) => object;
}

export async function run(
  parted: Parted,
  grammar: Grammar,
  scenario: Scenario,
  seed: number,
): Promise<void> {
  const { viewer, clients, a, b } = parted;
  const client = clients.find((one) => one?.endsWith(scenario.by)) ?? clients[0] ?? null;
  if (client === null) return;
  const kind = grammar.mutation.some(({ name }) => name === scenario.field) ? "mutation" : "query";
  const root = grammar[kind].find(({ name }) => name === scenario.field) as Root;
  const [one, other] = await Promise.all(
    [a, b].map((world) => inputOf(scenario, world, viewer, client)),
  );
  if ((one === undefined) !== (other === undefined))
    throw new Error(`only one world has anything to ${scenario.field}`);
  if (one === undefined || other === undefined) return;
  const callOf = (asked: Asked, input: object, beside: boolean): Call =>
    post(write(kind, [{ ...asked, given: givenTo(root, kind, input) }], beside));
  const attempt = fc
    .record({ asked: root.any, beside: fc.boolean() })
    .map(({ asked, beside }): Attempt => {
      const calls = [
        callOf(withErrors(asked, root), one, beside),
        callOf(withErrors(asked, root), other, beside),
      ] as const;
      return { client, first: null, calls, fields: [`${kind}.${scenario.field}`] };
    });
  await fc.assert(
    fc.asyncProperty(attempt, (it) => expectSame(parted, it)),
    { seed, numRuns: 1 },
  );
}

async function inputOf(
  { about, more }: Scenario,
  world: World,
  viewer: string,
  client: string,
): Promise<Found> {
  if (about === undefined) return { ...more?.(viewer) };
  const found =
    typeof about === "string"
      ? (await world.sql.query(about, about.includes("$1") ? [viewer] : [])).rows[0]
      : await about(world, client);
  return found && { ...found, ...more?.(viewer) };
}

function givenTo({ args }: Root, kind: "query" | "mutation", input: object): Asked["given"] {
  const values: Readonly<Record<string, unknown>> = kind === "mutation" ? { input } : { ...input };
  return args.flatMap(({ name, type }) =>
    name in values ? [[name, { type, value: values[name] }] as const] : [],
  );
}

/** With what says why something was not done: else nobody knows whether it was. */
function withErrors(asked: Asked, { errors }: Root): Asked {
  const of = asked.of ?? [];
  if (errors === null || of.some((one) => "field" in one && one.field === errors)) return asked;
  const message: Asked = { field: "message", given: [], of: null };
  return { ...asked, of: [...of, { field: errors, given: [], of: [message] }] };
}
