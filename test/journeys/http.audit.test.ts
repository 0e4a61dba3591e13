/** GraphQL over HTTP: the specification's own audit. */
import { serverAudits } from "graphql-http";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { analystOf } from "../support/people";

let exchange: ExchangeUnderTest;
let authorization: string;
beforeAll(async () => {
  exchange = await openExchange();
  authorization = `Bearer ${await exchange.token(analystOf("SRB"))}`;
});
afterAll(() => exchange?.stop());

const audits = serverAudits({
  url: () => `${exchange.url}/graphql`,
  fetchFn: (url: string, init: RequestInit = {}) =>
    fetch(url, {
      ...init,
      headers: { ...(init.headers as Record<string, string>), authorization },
    }),
});

describe("the GraphQL-over-HTTP audit passes with an analyst's token", () => {
  test("it has all of its audits", () => {
    expect(audits.length).toBeGreaterThanOrEqual(60);
  });

  test.each(audits.map(({ id, name, fn }) => [`${id} ${name}`, fn] as const))(
    "%s",
    async (_name, audit) => {
      const result = await audit();
      const reason = result.status === "ok" ? "" : result.reason;
      expect([result.status, reason]).toEqual(["ok", ""]);
    },
  );
});
