/** No input of a client is an error of ours: tried for every argument, and every field of every input, of the composed schema. */
import {
  buildClientSchema,
  type GraphQLInputType,
  type GraphQLSchema,
  getIntrospectionQuery,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from "graphql";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";

let exchange: ExchangeUnderTest;
let schema: GraphQLSchema;
beforeAll(async () => {
  exchange = await openExchange();
  const { data } = await exchange.ask("pak-analyst", getIntrospectionQuery());
  schema = buildClientSchema(data);
});
afterAll(() => exchange?.stop());

const MOST_DEPTH = 3;

/** A value that fits the type, with as little as it takes. */
function least(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return least(type.ofType as GraphQLInputType);
  if (isListType(type)) return [];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter(
      (field) => isNonNullType(field.type) && field.defaultValue === undefined,
    );
    return Object.fromEntries(required.map((field) => [field.name, least(field.type)]));
  }
  return { Int: 1, Float: 1, Boolean: true }[String(type)] ?? "2015";
}

/** The value with one place in it changed; each such place, with what is put there. */
function* spoilt(type: GraphQLInputType, depth = 0): Generator<[string, unknown]> {
  if (isNonNullType(type)) {
    for (const one of spoilt(type.ofType as GraphQLInputType, depth))
      if (one[1] !== null) yield one;
    return;
  }
  yield ["null", null];
  if (depth > MOST_DEPTH) return;
  if (isListType(type)) {
    for (const [what, value] of spoilt(type.ofType as GraphQLInputType, depth + 1))
      yield [`[${what}]`, [value]];
    return;
  }
  if (isInputObjectType(type)) {
    for (const field of Object.values(type.getFields()))
      for (const [what, value] of spoilt(field.type, depth + 1))
        yield [`${field.name}.${what}`, { ...(least(type) as object), [field.name]: value }];
    return;
  }
  if (isEnumType(type) || String(type) === "Boolean") return;
  if (String(type) === "Int") {
    yield ["the least", -2_147_483_648];
    return;
  }
  yield ["U+0000", "a\u0000b"];
  yield ["half a character", "a\ud800b"];
  yield ["a long text", "x".repeat(3_000)];
}

test.each(["Query", "Mutation"] as const)("%s", async (kind) => {
  const root = kind === "Query" ? schema.getQueryType() : schema.getMutationType();
  const bad: string[] = [];
  let calls = 0;
  for (const field of Object.values(root?.getFields() ?? {})) {
    const desk = /importNews|Meeting|agenda|nextStep/i.test(field.name);
    const clients =
      kind === "Query" ? ["pak-approver"] : [desk ? "secretariat-desk" : "pak-approver"];
    const heads = field.args.map((arg) => `$${arg.name}: ${arg.type}`).join(", ");
    const passed = field.args.map((arg) => `${arg.name}: $${arg.name}`).join(", ");
    const selection = isCompositeType(getNamedType(field.type)) ? "{ __typename }" : "";
    const query = `${kind.toLowerCase()} (${heads}) { ${field.name}(${passed}) ${selection} }`;
    for (const arg of field.args) {
      const others = field.args.filter(
        (one) => one !== arg && isNonNullType(one.type) && one.defaultValue === undefined,
      );
      const base = Object.fromEntries(others.map((one) => [one.name, least(one.type)]));
      for (const [what, value] of spoilt(arg.type)) {
        for (const client of clients) {
          calls++;
          const { errors, status } = await exchange.ask(client, query, {
            ...base,
            [arg.name]: value,
          });
          if (status >= 500 || errors?.some(({ extensions }) => extensions.code === "INTERNAL"))
            bad.push(`${field.name}(${arg.name}): ${what}`);
        }
      }
    }
  }
  expect(bad).toEqual([]);
  expect(calls).toBeGreaterThan(100);
});

test("the same characters as literals, in a default, in a name, in the address of a file and of a stream", async () => {
  const codes = async (query: string, variables?: Record<string, unknown>) =>
    (await exchange.ask("pak-analyst", query, variables)).errors?.map(
      ({ extensions }) => extensions.code,
    );
  expect(await codes('{ country(code: "a\\u0000b") { code } }')).toEqual(["BAD_USER_INPUT"]);
  expect(
    await codes('query ($c: CountryCode! = "a\\u0000") { country(code: $c) { code } }'),
  ).toEqual(["BAD_USER_INPUT"]);
  expect(
    await codes("query ($c: CountryCode!) { country(code: $c) { code } }", { c: "\ud800" }),
  ).toEqual(["BAD_USER_INPUT"]);
  const headers = {
    authorization: `Bearer ${await exchange.token("pak-analyst")}`,
    accept: "application/json",
  };
  for (const path of [
    "/export?indicators=%00",
    "/export?reporters=PAK&indicators=IBC%00&from=2015-Q1&to=2015-Q2",
  ]) {
    const response = await fetch(`${exchange.url}${path}`, { headers });
    expect(response.status).toBeLessThan(500);
    expect(await response.text()).not.toContain("INTERNAL");
  }
});

test("isOneOf can be asked for in introspection, as gql.tada does", async () => {
  const { data, errors } = await exchange.ask(
    "pak-analyst",
    getIntrospectionQuery({ oneOf: true, specifiedByUrl: true, inputValueDeprecation: true }),
  );
  expect(errors).toBeUndefined();
  expect(data.__schema.types.length).toBeGreaterThan(50);
});

test.each([
  "application/json; charset=latin1",
  "application/json; charset=utf-7",
  'application/json; charset="',
  "application/json; charset=nonsense",
])("a body in %s is the client's to mend", async (type) => {
  const response = await fetch(`${exchange.url}/graphql`, {
    method: "POST",
    headers: {
      "content-type": type,
      authorization: `Bearer ${await exchange.token("pak-analyst")}`,
    },
    body: JSON.stringify({ query: "{ __typename }" }),
  });
  const { errors } = JSON.parse(await response.text());
  if (errors) expect([response.status, errors[0].extensions.code]).toEqual([415, "BAD_USER_INPUT"]);
  else expect(response.status).toBe(200);
});
