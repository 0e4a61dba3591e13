import { DEFAULT_LIMITS } from "../../gateway/limits/limits";
import { RequestValidator } from "../../gateway/request-validation";
import type { Identity } from "../../shared/viewer/viewer";

const ANALYST: Identity = { id: "pak-analyst", partner: "PAK", roles: ["ANALYST"] };
const DEEP = `{ ${"country { ".repeat(20)} code ${"} ".repeat(20)} }`;

test("what the request validation remembers of one document opens nothing for another, however its parts are cut", () => {
  const validator = new RequestValidator(DEFAULT_LIMITS);
  // One text, once as a query alone and once as an operation name and a query.
  const head = '\nquery Q($a: String = """';
  validator.check({ query: `query Q($a: String = """\n${DEEP} #""") { __typename }` }, null);
  expect(() =>
    validator.check({ operationName: head, query: `${DEEP} #""") { __typename }` }, null),
  ).toThrow(/levels deep/);
});

test("what a partner may ask stays closed to nobody's request, in whatever order they come", () => {
  const validator = new RequestValidator(DEFAULT_LIMITS);
  const query = "{ __schema { queryType { name } } }";
  validator.check({ query }, ANALYST);
  expect(() => validator.check({ query }, null)).toThrow("Sign in to read the schema");
  validator.check({ query }, ANALYST);
});

test("a document that passed under one operation name is looked at again under another", () => {
  const validator = new RequestValidator(DEFAULT_LIMITS);
  const query = "query One { viewer { id } } query Two { viewer { id } }";
  validator.check({ query, operationName: "One" }, null);
  expect(() => validator.check({ query, operationName: "Three" }, null)).toThrow(
    "no operation of that name",
  );
  expect(() => validator.check({ query }, null)).toThrow("Name the one to run");
});
