import { DEFAULT_LIMITS } from "../../gateway/limits/limits";
import { Gate } from "../../gateway/request-validation";
import type { Viewer } from "../../shared/viewer/viewer";

const ANALYST: Viewer = { id: "pak-analyst", partner: "PAK", roles: ["ANALYST"] };
const DEEP = `{ ${"country { ".repeat(20)} code ${"} ".repeat(20)} }`;

test("what the gate remembers of one document opens nothing for another, however its parts are cut", () => {
  const gate = new Gate(DEFAULT_LIMITS);
  // One text, once as a query alone and once as an operation name and a query.
  const head = '\nquery Q($a: String = """';
  gate.check({ query: `query Q($a: String = """\n${DEEP} #""") { __typename }` }, null);
  expect(() =>
    gate.check({ operationName: head, query: `${DEEP} #""") { __typename }` }, null),
  ).toThrow(/levels deep/);
});

test("what a partner may ask stays closed to nobody's request, in whatever order they come", () => {
  const gate = new Gate(DEFAULT_LIMITS);
  const query = "{ __schema { queryType { name } } }";
  gate.check({ query }, ANALYST);
  expect(() => gate.check({ query }, null)).toThrow("Sign in to read the schema");
  gate.check({ query }, ANALYST);
});

test("a document that passed under one operation name is looked at again under another", () => {
  const gate = new Gate(DEFAULT_LIMITS);
  const query = "query One { viewer { id } } query Two { viewer { id } }";
  gate.check({ query, operationName: "One" }, null);
  expect(() => gate.check({ query, operationName: "Three" }, null)).toThrow(
    "no operation of that name",
  );
  expect(() => gate.check({ query }, null)).toThrow("Name the one to run");
});
