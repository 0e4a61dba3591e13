import fc from "fast-check";
import { canonical } from "../../../shared/audit/canonical";

describe("the canonical form of an entry", () => {
  test("has its names in the order of UTF-16, as RFC 8785 §3.2.3 sorts them", () => {
    const names = ["\u20ac", "\r", "\ufb33", "1", "\u{1f600}", "\u0080", "\u00f6"];
    const sorted = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\u{1f600}", "\ufb33"];
    const form = canonical(Object.fromEntries(names.map((name) => [name, "x"])));
    expect(form).toBe(`{${sorted.map((name) => `${JSON.stringify(name)}:"x"`).join(",")}}`);
  });

  test("escapes what must be escaped and nothing else, as RFC 8785 §3.2.2.2", () => {
    const text = '\u20ac$\u000f\nA\'B"\\\\"/\u007f\u2028\b\t\f\r\u001f';
    expect(canonical({ text })).toBe(
      '{"text":"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/\u007f\u2028\\b\\t\\f\\r\\u001f"}',
    );
  });

  test("spells each kind of value in one way", () => {
    const entry = {
      z: null,
      y: true,
      x: -0,
      w: -12,
      v: 9_007_199_254_740_991,
      u: [],
      t: ["b", "a"],
      s: "",
    };
    expect(canonical(entry)).toBe(
      '{"s":"","t":["b","a"],"u":[],"v":9007199254740991,"w":-12,"x":0,"y":true,"z":null}',
    );
    expect(canonical({})).toBe("{}");
    expect(canonical(Object.create(null))).toBe("{}");
  });

  test("holds a member called __proto__, which a careless reader would lose", () => {
    expect(canonical(JSON.parse('{"__proto__":"a","b":1}'))).toBe('{"__proto__":"a","b":1}');
  });

  test.each([
    ["a fraction", 1.5],
    ["a number that others may read otherwise", 2 ** 53],
    ["no number", Number.NaN],
    ["infinity", Number.POSITIVE_INFINITY],
    ["a bigint", 1n],
    ["undefined", undefined],
    ["a function", () => "x"],
    ["a symbol", Symbol("x")],
    ["a date", new Date(0)],
    ["an object", { b: "c" }],
    ["a text object", new String("x")],
    ["a list of numbers", ["a", 1]],
    ["a list in a list", [["a"]]],
    ["a list with a hole", Object.assign(["a"], { 2: "b" })],
    ["a list with null", [null]],
    ["half a character", "\ud83d"],
    ["halves in the wrong order", "\ude00\ud83d"],
    ["half a character in a list", ["a", "x\ud83dx"]],
  ])("does not exist for %s", (_, value) => {
    expect(() => canonical({ a: value })).toThrow(TypeError);
  });

  test.each([
    ["a list", []],
    ["a text", "x"],
    ["null", null],
    ["undefined", undefined],
    ["a date", new Date(0)],
    ["a map", new Map([["a", "b"]])],
    ["a name that is half a character", { "\ud83d": 1 }],
    ["a name that is a symbol", { [Symbol("a")]: 1 }],
    ["a member that is hidden", Object.defineProperty({}, "a", { value: 1, enumerable: false })],
  ])("does not exist for %s", (_, value) => {
    expect(() => canonical(value)).toThrow(TypeError);
  });

  test("names the member at fault, and not what it holds", () => {
    expect(() => canonical({ secret: 0.25 })).toThrow(
      '"secret" is not text, a whole number or a list of texts.',
    );
  });

  test("is JSON for the same entry, whatever the order in which it was made", () => {
    const value = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.maxSafeInteger(),
      fc.boolean(),
      fc.constant(null),
      fc.array(fc.string({ unit: "grapheme" })),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: "binary" }), value), (entry) => {
        const form = canonical(entry);
        expect(JSON.parse(form)).toEqual(JSON.parse(JSON.stringify(entry)));
        expect(canonical(Object.fromEntries(Object.entries(entry).reverse()))).toBe(form);
        expect(canonical(JSON.parse(form))).toBe(form);
      }),
      { seed: 20_261_124 },
    );
  });
});
