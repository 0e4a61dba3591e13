import { buildSchema, GraphQLError, getIntrospectionQuery, parse, validate } from "graphql";
import {
  checkCost,
  checkListArguments,
  checkShape,
  costOf,
  DEFAULT_LIMITS,
  LimitError,
  type Limits,
  listLengthsFrom,
  parseWithinLimits,
} from "../../gateway/limits/limits";

const SDL = /* GraphQL */ `
  directive @listLength(assumed: Int! = 10, times: [String!], slicing: String) on FIELD_DEFINITION
  directive @accord__listLength(assumed: Int! = 10, times: [String!], slicing: String) on FIELD_DEFINITION
  type Query {
    series(reporters: [ID!] = ["DEU", "FRA"], indicators: [ID!]!, by: [ID!]): [Series!]!
      @listLength(assumed: 80, times: ["reporters", "indicators"])
    countries: [Country!]! @accord__listLength(assumed: 60)
    country(code: ID): Country
    agreements(first: Int = 20): Agreements! @listLength(slicing: "first")
    latest(first: Int): [Code!]! @listLength(assumed: 7, slicing: "first")
    find(filter: Filter): [Code!]!
    nodes: [Node!]!
    anything: [Anything!]!
  }
  input Filter { codes: [ID!], within: Filter }
  type Code { code: ID! name: String tags: [String!]! }
  type Series { reporter: Code! indicator: Code! citizenship: Code withheld: Withheld periods: [String!]! values: [Int]!
    statuses: [String!]! observations: [Observation!]! @listLength(assumed: 12) }
  type Withheld { reason: String message: String }
  type Observation { period: String value: Int status: String }
  type Country { code: ID! network: Network indicators: [CountryIndicator!]! @listLength(assumed: 8) focalPersons: [Code!]!
    nationalContactPoints: [Code!]! }
  type Network { countries: [Country!]! @listLength(assumed: 60) }
  type CountryIndicator { indicator: Indicator! latest: Observation }
  type Indicator { code: ID! countries: [Country!]! @listLength(assumed: 60) }
  type Agreements { nodes: [Agreement!]! @listLength(assumed: 1) totalCount: Int! }
  type Agreement implements Node { id: ID! parties: [Code!]! @listLength(assumed: 40) owners: [Code!]! }
  interface Node { id: ID! parties: [Code!]! @listLength(assumed: 3) owners: [Code!]! @listLength(assumed: 30) }
  union Anything = Agreement | Code
  type Mutation { submit(input: Filter, rows: [Filter!]): Code! rename: String }
`;
const schema = buildSchema(SDL);
const lengths = listLengthsFrom(SDL);
const limits = (change: Partial<Limits>): Limits => ({ ...DEFAULT_LIMITS, ...change });
const cost = (source: string, variables: Record<string, unknown> = {}, name?: string): number =>
  costOf(schema, lengths, parse(source), name, variables);

/** What a client would read, or "passed". Anything but a LimitError is a defect of the limits and is thrown on. */
function answer(run: () => unknown): string {
  try {
    run();
    return "passed";
  } catch (error) {
    if (!(error instanceof LimitError)) throw error;
    expect(error.extensions.http).toEqual({ status: 400 });
    return `${error.extensions.code}: ${error.message}`;
  }
}

function shape(
  source: string,
  change: Partial<Limits>,
  exemptIntrospection = false,
  name?: string,
): string {
  const huge = { depth: 1e9, aliases: 1e9, rootFields: 1e9, directives: 1e9, selections: 1e9 };
  return answer(() =>
    checkShape(parse(source), name, limits({ ...huge, ...change }), { exemptIntrospection }),
  );
}

const costly = (what: string, most: number, mend: string): string =>
  `QUERY_TOO_COSTLY: The query ${what}; at most ${most} are allowed. ${mend} or ask in several requests.`;

/** A fragment that uses the next one twice, `levels` times over: 2^levels uses of the last. */
function doubling(levels: number, last: string, on = "Query"): string {
  const steps = Array.from(
    { length: levels },
    (_, i) => `fragment F${i} on ${on} { ...F${i + 1} ...F${i + 1} }`,
  );
  return `${steps.join("\n")}\nfragment F${levels} on ${on} ${last}`;
}

describe("bytes and tokens", () => {
  const parsed = (source: string, change: Partial<Limits>): string =>
    answer(() => parseWithinLimits(source, limits(change)));

  test("bytes are counted as UTF-8, comments included", () => {
    const source = "{ a } # größer";
    expect(parsed(source, { bytes: 16 })).toBe("passed");
    expect(parsed(source, { bytes: 15 })).toBe(
      costly("is 16 bytes long", 15, "Pass values as variables"),
    );
  });

  test("tokens pass at the bound and are refused one above it", () => {
    expect(parsed("{ a b c }", { tokens: 5 })).toBe("passed");
    const mend = "Pass values as variables, name fewer fields";
    expect(parsed("{ a b c }", { tokens: 4 })).toBe(costly("has more than 4 tokens", 4, mend));
    expect(parsed(`{ ${"a ".repeat(1_998)}}`, {})).toBe("passed");
    expect(parsed(`{ ${"a ".repeat(1_999)}}`, {})).toContain("has more than 2000 tokens");
  });

  test.each(["{ a", "{ a ( }", "{ a ? }", "{ a b c ? d e }", "}", "{ a ( } b c d e f"])(
    "graphql's own syntax error of %s passes as it is",
    (source) => {
      const own = thrown(() => parse(source));
      const ours = thrown(() => parseWithinLimits(source, limits({ tokens: 5 })));
      expect(ours).toBeInstanceOf(GraphQLError);
      expect(ours).not.toBeInstanceOf(LimitError);
      expect(String(ours)).toBe(String(own));
    },
  );
});

function thrown(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

describe("shape", () => {
  const nested = (levels: number): string => "{ a ".repeat(levels) + "}".repeat(levels);
  // Each counts exactly `count` of its kind, by a way of its own.
  test.each([
    ["depth", 3, nested(3)],
    ["depth", 3, "{ a { b { c } } d }"],
    ["depth", 3, "{ a { ...F } } fragment F on T { b { ...G } } fragment G on T { c }"],
    ["depth", 3, "{ ... { a { ... on T { b { ... @include(if: true) { c } } } } } }"],
    ["depth", 3, "{ a { b { c { __typename } } } }"],
    ["depth", 3, "{ __schema { types { name } } }"],
    ["depth", 2, "subscription { a { b } }"],
    ["rootFields", 3, "mutation { a b { x y z } c }"],
    ["rootFields", 3, "{ a ...F ... { c } } fragment F on Query { b { x y } }"],
    [
      "rootFields",
      4,
      "{ ...F ...F } fragment F on Query { ...G ...G } fragment G on Query { __typename }",
    ],
    ["aliases", 3, "{ x: a { y: b ... { z: c } } d }"],
    [
      "aliases",
      5,
      "{ ...F x: b { ...F } } fragment F on T { y: c { ...G } } fragment G on T { ... { d } z: __typename }",
    ],
    [
      "aliases",
      6,
      "{ ...F ...F ...F } fragment F on T { ...G } fragment G on T { __proto__: c constructor: d }",
    ],
    [
      "directives",
      7,
      "query ($v: Int @a) @b { c @d ... @e { f } ...F @g } fragment F on T @h { i @j }",
    ],
    ["directives", 6, "{ ...F ...F } fragment F on T @a { b @c @d }"],
    ["selections", 5, "{ a b { c ... { d } } }"],
    ["selections", 8, "{ ...F ...F } fragment F on T { a ... { b } }"],
  ] as const)("%s %i of %s", (kind, count, source) => {
    expect(shape(source, { [kind]: count })).toBe("passed");
    expect(shape(source, { [kind]: count - 1 })).toMatch(
      new RegExp(
        `^QUERY_TOO_COSTLY: The query (has|is) ${count} .*; at most ${count - 1} are allowed\\. .+ or ask in`,
      ),
    );
  });

  test("the defaults, at the bound and one above", () => {
    const refused = (source: string): string =>
      answer(() =>
        checkShape(parse(source), undefined, DEFAULT_LIMITS, { exemptIntrospection: false }),
      );
    const fields = (count: number): string =>
      Array.from({ length: count }, (_, i) => `f${i}`).join(" ");
    expect(refused(nested(12))).toBe("passed");
    expect(refused(nested(13))).toBe(costly("is 13 levels deep", 12, "Ask for less nesting"));
    expect(refused(`{ ${fields(20)} }`)).toBe("passed");
    expect(refused(`{ ${fields(21)} }`)).toBe(
      costly("has 21 root fields", 20, "Ask for fewer of them"),
    );
    expect(refused(`{ a { ${fields(999)} } }`)).toBe("passed");
    const selections = costly(
      "has 1001 selections, fragments expanded",
      1_000,
      "Ask for fewer fields",
    );
    expect(refused(`{ a { ${fields(1_000)} } }`)).toBe(selections);
    expect(refused(`{ a { ${fields(30).replaceAll("f", "x:f")} } }`)).toBe("passed");
    expect(refused(`{ a { ${fields(31).replaceAll("f", "x:f")} } }`)).toBe(
      costly("has 31 aliases", 30, "Pass a list of values instead of one alias for each"),
    );
    expect(refused(`{ a ${"@b ".repeat(50)} }`)).toBe("passed");
    expect(refused(`{ a ${"@b ".repeat(51)} }`)).toBe(
      costly("has 51 directives", 50, "Leave out those that change nothing"),
    );
  });

  test("2^22 and 2^190 uses of one fragment are counted in milliseconds", () => {
    const source = `{ a { ...F0 } } ${doubling(22, "{ x: b @c }")}`;
    const document = parse(source);
    const check = (): string =>
      answer(() => checkShape(document, undefined, DEFAULT_LIMITS, { exemptIntrospection: false }));
    expect(check()).toContain("has 12582912 selections");
    expect(
      shape(source, { aliases: 4_194_304, directives: 4_194_304, selections: 12_582_912 }),
    ).toBe("passed");
    expect(shape(source, { aliases: 4_194_303 })).toContain("has 4194304 aliases");
    expect(shape(source, { directives: 4_194_303 })).toContain("has 4194304 directives");
    check();
    expect(shape(`{ ...F0 } ${doubling(190, "{ b }")}`, { selections: 1_000 })).toContain(
      "selections",
    );
  });

  test.each([
    "{ ...F } fragment F on T { ...F }",
    "{ ...F } fragment F on T { a { ...G } } fragment G on T { b { ...F } ...F }",
    "{ ...Missing }",
    "fragment F on T { a }",
  ])("%s ends, validation refuses it", (source) => {
    expect(shape(source, {})).toBe("passed");
    expect(answer(() => checkListArguments(parse(source), undefined, {}, DEFAULT_LIMITS))).toBe(
      "passed",
    );
    expect(cost(source)).toBe(0);
    expect(validate(schema, parse(source))).not.toEqual([]);
  });

  test("the deepest document that its tokens allow is refused, not a stack overflow", () => {
    const depth = costly("is 666 levels deep", 12, "Ask for less nesting");
    expect(answer(() => parseWithinLimits(nested(666), DEFAULT_LIMITS))).toBe("passed");
    expect(shape(nested(666), { depth: 12 })).toBe(depth);
  });

  test("introspection is exempt from depth for those signed in, and from nothing else", () => {
    const source = getIntrospectionQuery();
    const check = (exemptIntrospection: boolean): string =>
      answer(() =>
        checkShape(parseWithinLimits(source, DEFAULT_LIMITS), undefined, DEFAULT_LIMITS, {
          exemptIntrospection,
        }),
      );
    expect(check(true)).toBe("passed");
    expect(check(false)).toContain("levels deep; at most 12 are allowed");
    expect(shape("{ __type(name: 1) { a { b } } c { d } }", { depth: 2 }, true)).toBe("passed");
    expect(shape("{ __type(name: 1) { a { b } } c { d } }", { depth: 1 }, true)).toContain(
      "is 2 levels deep",
    );
    expect(shape("{ __schema { x: a y: b } }", { aliases: 1 }, true)).toContain("has 2 aliases");
  });

  test("the operation asked for is checked; where none can be told, the largest", () => {
    const source = "query Small { a } query Large { a { b { c } } }";
    expect(shape(source, { depth: 1 }, false, "Small")).toBe("passed");
    for (const name of ["Large", "Other", "__proto__", "", undefined]) {
      expect(shape(source, { depth: 1 }, false, name)).toContain("is 3 levels deep");
    }
  });
});

describe("list arguments", () => {
  const check = (source: string, variables: Record<string, unknown> = {}, name?: string): string =>
    answer(() => checkListArguments(parse(source), name, variables, limits({ listArguments: 3 })));
  const refused = '"reporters" has 4 values; at most 3 are allowed. Ask in several requests.';

  test.each([
    ["a literal", (list: string) => `{ series(reporters: ${list}) { x } }`],
    ["a default", (list: string) => `query ($r: [ID!] = ${list}) { series(reporters: $r) { x } }`],
    [
      "a fragment",
      (list: string) => `{ a { ...F } } fragment F on T { ... { s(reporters: ${list}) { x } } }`,
    ],
    [
      "an alias in a fragment of a fragment",
      (list: string) =>
        `{ ...F } fragment F on T { a { ...G } } fragment G on T { x: s(first: 1, reporters: ${list}) }`,
    ],
    ["a list in a list", (list: string) => `{ series(reporters: [1, ${list}]) { x } }`],
    ["an input object", (list: string) => `{ series(reporters: {in: [{codes: ${list}}]}) { x } }`],
  ])("in %s", (_, write) => {
    expect(check(write("[1, 2, 3]"))).toBe("passed");
    expect(check(write("[1, 2, 3, 4]"))).toBe(`BAD_USER_INPUT: ${refused}`);
  });

  test.each([
    ["a variable", (list: unknown[]) => list],
    ["an input object", (list: unknown[]) => ({ in: { codes: list } })],
    ["a list in a list", (list: unknown[]) => [[], list]],
  ])("in a variable: %s", (_, write) => {
    const source = "query ($r: X = [1]) { ...F } fragment F on T { series(reporters: $r) { x } }";
    expect(check(source, { r: write([1, 2, 3]) })).toBe("passed");
    expect(check(source, { r: write([1, 2, 3, 4]) })).toBe(`BAD_USER_INPUT: ${refused}`);
    expect(check("query ($r: X) { s(reporters: [$r]) }", { r: write([1, 2, 3, 4]) })).toContain(
      refused,
    );
  });

  test("a value given replaces the default, null included", () => {
    const source = "query ($r: [ID] = [1, 2, 3, 4]) { s(reporters: $r) }";
    expect(check(source)).toContain(refused);
    expect(check(source, { r: undefined })).toBe("passed");
    expect(check(source, { r: null })).toBe("passed");
    expect(check(source, { r: ["AUT"] })).toBe("passed");
  });

  test("the rows of a mutation's input are its payload; its list arguments are not", () => {
    const rows = [1, 2, 3, 4];
    expect(check("mutation ($i: I) { submit(input: $i) { x } }", { i: { rows } })).toBe("passed");
    expect(check("mutation { submit(input: {rows: [1, 2, 3, 4]}) { x } }")).toBe("passed");
    expect(check("mutation ($i: I) { submit(rows: $i) { x } }", { i: rows })).toContain(
      '"rows" has 4 values',
    );
  });

  test("other operations are not looked at", () => {
    const source = "query A { s(reporters: [1]) } query B { s(reporters: [1, 2, 3, 4]) }";
    expect(check(source, {}, "A")).toBe("passed");
    expect(check(source, {}, "B")).toContain(refused);
    expect(check(source, {}, "C")).toContain(refused);
  });

  test("variables named like members of every object are read as own properties only", () => {
    const source =
      "query ($__proto__: X, $constructor: X = [1]) { s(reporters: $__proto__, by: $constructor) }";
    expect(check(source)).toBe("passed");
    expect(check(source, JSON.parse('{"__proto__": [1, 2, 3, 4]}'))).toContain(refused);
    expect(
      check("query ($constructor: X = [1, 2, 3, 4]) { s(reporters: $constructor) }"),
    ).toContain(refused);
    expect(check(source, { constructor: [1, 2, 3, 4] })).toContain('"by" has 4 values');
    check('{ s(reporters: {__proto__: {polluted: "yes"}}) }');
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  test("neither 30,000 nested lists nor 500 uses of a large variable cost anything", () => {
    const deep = JSON.parse("[".repeat(30_000) + "]".repeat(30_000));
    expect(check("query ($r: X) { s(reporters: $r) }", { r: deep })).toBe("passed");
    const wide = {
      in: Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`k${i}`, [i]])),
    };
    const uses = "s(reporters: $r) ".repeat(500);
    check(`query ($r: X) { ${uses} }`, { r: wide });
    const bomb = parse(`{ ...F0 } ${doubling(22, "{ s(reporters: [1, 2, 3]) }")}`);
    checkListArguments(bomb, undefined, {}, DEFAULT_LIMITS);
  });
});

describe("cost", () => {
  const compare = (
    cells: string,
  ): string => `query Compare($reporters: [ID!], $indicators: [ID!]!) {
    series(reporters: $reporters, indicators: $indicators, by: [CITIZENSHIP]) {
      reporter { code name } indicator { code name } citizenship { code name } withheld { reason message } ${cells} } }`;
  const codes = (count: number): string[] => Array.from({ length: count }, (_, i) => `C${i}`);
  const main = { reporters: codes(12), indicators: codes(6) };

  test.each([
    ["{ country { code } }", 1],
    ["{ __typename a: __typename __schema { types { name } } __type(name: 1) { name } }", 0],
    ["{ country { __typename focalPersons { code tags } } }", 1 + 10],
    ["{ countries { code } }", 60],
    ["{ countries { indicators { indicator { code } } } }", 60 * (1 + 8 * (1 + 1))],
    ["{ a: country { code } b: country { network { __typename } } }", 1 + 2],
    ["{ anything { ... on Code { code } ... on Agreement { parties { code } } } }", 10 * (1 + 40)],
    ["mutation { rename }", 10],
    ["mutation { a: rename submit { code } ...F } fragment F on Mutation { rename }", 10 + 11 + 10],
    [
      "{ unknown { x } country { toString { x } constructor { x } } ... on Nothing { x { y } } }",
      1,
    ],
    ["subscription { a { b } }", 0],
  ])("%s costs %i", (source, expected) => {
    expect(cost(source)).toBe(expected);
  });

  test.each([
    ["{ latest(first: 4) { code } }", {}, 4],
    ["{ latest { code } }", {}, 7],
    ["{ latest(first: null) { code } }", {}, 7],
    ["{ agreements { totalCount } }", {}, 20],
    ["{ agreements(first: null) { totalCount } }", {}, 10],
    ["{ agreements(first: 50) { nodes { id } } }", {}, 50 * (1 + 1)],
    ["query ($n: Int) { latest(first: $n) { code } }", { n: 5 }, 5],
    ["query ($n: Int) { latest(first: $n) { code } }", {}, 7],
    ["query ($n: Int) { latest(first: $n) { code } }", { n: null }, 7],
    ["query ($n: Int = 3) { latest(first: $n) { code } }", {}, 3],
    ["query ($n: Int = 3) { latest(first: $n) { code } }", { n: 9 }, 9],
    [
      "query ($n: Int) { ...F } fragment F on Query { ... { latest(first: $n) { code } } }",
      { n: 5 },
      5,
    ],
    ["query ($n: Int) { agreements(first: $n) { totalCount } }", {}, 20],
    // What the Int scalar will refuse must not make a query cheap, or negative, before it does.
    ["query ($n: Int) { latest(first: $n) { code } countries { code } }", { n: -50 }, 67],
    ["query ($n: Int) { latest(first: $n) { code } }", { n: 0 }, 7],
    ["query ($n: Int) { latest(first: $n) { code } }", { n: "1" }, 7],
    ["query ($n: Int) { latest(first: $n) { code } }", { n: 0.5 }, 7],
    ["query ($n: Int) { latest(first: $n) { code } }", { n: Number.NaN }, 7],
    ["query ($toString: Int) { latest(first: $toString) { code } }", {}, 7],
  ])("slicing: %s with %j costs %i", (source, variables, expected) => {
    expect(cost(source, variables)).toBe(expected);
  });

  test.each([
    ["{ series(reporters: [A, B, C], indicators: [A, B]) { values } }", {}, 80 * 3 * 2],
    ["{ series(indicators: [A, B]) { values } }", {}, 80 * 2 * 2], // two reporters by the schema's default
    ["{ series(reporters: null, indicators: A) { values } }", {}, 80],
    ["{ series(reporters: [], indicators: []) { values } }", {}, 80],
    [
      "query ($r: [ID!], $i: [ID!]!) { series(reporters: $r, indicators: $i) { values } }",
      main,
      80 * 12 * 6,
    ],
    [
      "query ($r: [ID!] = [A, B, C]) { series(reporters: $r, indicators: A) { values } }",
      {},
      80 * 3,
    ],
  ])("times: %s costs the product", (source, variables, expected) => {
    const given = Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [name.charAt(0), value]),
    );
    expect(cost(source, given)).toBe(expected);
  });

  test("an interface costs what the longest of its types costs, from whichever side it is asked", () => {
    expect(cost("{ nodes { parties { code } } }")).toBe(10 * (1 + 40));
    expect(cost("{ nodes { ... on Agreement { parties { code } } } }")).toBe(10 * (1 + 40));
    expect(cost("{ nodes { ... on Agreement { owners { code } } } }")).toBe(10 * (1 + 30));
  });

  test("the main query passes in both its forms", () => {
    expect(cost(compare("periods values statuses"), main)).toBe(28_800);
    expect(cost(compare("observations { period value status }"), main)).toBe(97_920);
    expect(
      validate(schema, parse(compare("values").replace("CITIZENSHIP", '"CITIZENSHIP"'))),
    ).toEqual([]);
    checkCost(97_920, DEFAULT_LIMITS);
  });

  test("lists nested through an entity cycle do not", () => {
    const inner = (more: string): string =>
      `{ countries { indicators { indicator { code ${more} } latest { value } } focalPersons { code } nationalContactPoints { code } } }`;
    expect(cost(inner(""))).toBe(60 * (1 + 8 * 3 + 10 + 10));
    const twice = cost(inner(inner("").slice(1, -1)));
    expect(answer(() => checkCost(twice, DEFAULT_LIMITS))).toContain(
      `The query costs ${twice} points; at most 150000`,
    );
    const network = "{ countries { network { countries { network { countries { code } } } } } }";
    expect(cost(network)).toBe(60 * (2 + 60 * (2 + 60)));
    expect(answer(() => checkCost(cost(network), DEFAULT_LIMITS))).toContain("QUERY_TOO_COSTLY");
  });

  test("at the bound and one above", () => {
    expect(answer(() => checkCost(150_000, DEFAULT_LIMITS))).toBe("passed");
    expect(answer(() => checkCost(150_001, DEFAULT_LIMITS))).toBe(
      costly("costs 150001 points", 150_000, "Ask for shorter lists, fewer objects"),
    );
  });

  test("fragments cost each time they are used, and time once", () => {
    expect(cost(`{ ...F0 } ${doubling(3, "{ countries { code } }")}`)).toBe(8 * 60);
    const bomb = parse(`{ ...F0 } ${doubling(22, "{ countries { code } }")}`);
    expect(costOf(schema, lengths, bomb, undefined, {})).toBe(4_194_304 * 60);
    const endless = `{ ${"countries { network { ".repeat(200)} countries { code } ${"} } ".repeat(200)} }`;
    expect(answer(() => checkCost(cost(endless), DEFAULT_LIMITS))).toContain("QUERY_TOO_COSTLY");
    expect(Number.isFinite(cost(endless))).toBe(true);
  });

  test("a dozen periods cost once, and more cost more, in quarters and in years", () => {
    const spanned = listLengthsFrom(
      'type Query { s(from: Int, to: Int): [A] @listLength(assumed: 5, span: ["from", "to"]) }',
    );
    const other = buildSchema("scalar P type A { x: Int } type Query { s(from: P, to: P): [A] }");
    const of = (from: string, to: string) =>
      costOf(other, spanned, parse(`{ s(from: "${from}", to: "${to}") { x } }`), undefined, {});
    expect([of("2015-Q1", "2017-Q4"), of("2015-Q1", "2018-Q1"), of("1980-Q1", "2025-Q4")]).toEqual([
      5, 10, 80,
    ]);
    expect([
      of("2004", "2015"),
      of("2003", "2015"),
      of("2015-Q4", "2015-Q1"),
      of("2015", "soon"),
    ]).toEqual([5, 10, 5, 5]);
  });

  test("the operation asked for; where none can be told, the dearest", () => {
    const source = "query A { country { code } } query B { countries { code } }";
    expect([
      cost(source, {}, "A"),
      cost(source, {}, "B"),
      cost(source, {}, "C"),
      cost(source),
    ]).toEqual([1, 60, 60, 60]);
  });
});

describe("listLengthsFrom", () => {
  test("reads both spellings, the default and extensions, and nothing else", () => {
    const read = listLengthsFrom(`
      type A { x(r: [Int], n: Int): [A] @listLength(times: ["r"], slicing: "n") y: [A] @accord__listLength(assumed: 3) z: [A] @listLengths }
      extend type A { v(r: [Int]): [A] @listLength(assumed: 4, times: "r") } interface I { w: [A] @listLength }
      enum E { A } input In { x: Int }`);
    expect(read.of("A", "x")).toEqual({ assumed: 10, times: ["r"], slicing: "n" });
    expect(read.of("A", "y")).toEqual({ assumed: 3, times: [], slicing: undefined });
    expect(read.of("A", "v")).toEqual({ assumed: 4, times: ["r"], slicing: undefined });
    expect(read.of("I", "w")?.assumed).toBe(10);
    for (const [type, field] of [
      ["A", "z"],
      ["In", "x"],
      ["A", "constructor"],
      ["__proto__", "x"],
    ] as const) {
      expect(read.of(type, field)).toBeUndefined();
    }
  });

  test.each([
    'times: ["reporter"]',
    'slicing: "frist"',
    "assumed: 0",
    "assumed: -1",
    'assumed: "many"',
  ])("refuses to start with @listLength(%s)", (written) => {
    const sdl = `type A { x(reporters: [Int], first: Int): [A] @listLength(${written}) }`;
    expect(() => listLengthsFrom(sdl)).toThrow(/^@listLength of A\.x/);
  });
});
