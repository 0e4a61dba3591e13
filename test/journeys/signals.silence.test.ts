/** What one partner's people make of a signal tells no other partner anything, to the byte: until a warning is out, and then its addressee. */
import { act, done, sees } from "../support/alerts";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";
import { READERS } from "../support/people";
import { actOn, SIGNAL } from "../support/signals";

let exchange: ExchangeUnderTest;
beforeAll(async () => {
  exchange = await openExchange();
});
afterAll(() => exchange?.stop());

const YEAR = new Date().getUTCFullYear();
/** Every path by which a signal or its message could show. */
const EVERYTHING = `{
  signals(year: 2015, first: 100) { totalCount tested insufficientHistory pageInfo { hasNextPage endCursor } nodes { ${SIGNAL} } }
  alerts(first: 100) { totalCount nodes { identifier state } pageInfo { hasNextPage endCursor } }
  alertFeed(first: 100) { endCursor hasNextPage nodes { identifier } }
  annualAnalysis(year: ${YEAR}) { alerts { messages alerts toAcknowledge } } }`;

const others = [...READERS].filter(([partner]) => partner !== "FRONTEX");
const everything = async (): Promise<Map<string, string>> =>
  new Map(
    await Promise.all(
      others.map(
        async ([partner, client]) =>
          [partner, (await exchange.ask(client, EVERYTHING)).text] as const,
      ),
    ),
  );

async function unchanged(
  before: ReadonlyMap<string, string>,
  but: readonly string[] = [],
): Promise<void> {
  for (const [partner, answer] of await everything())
    expect({ partner, same: answer === before.get(partner) }).toEqual({
      partner,
      same: !but.includes(partner),
    });
}

const [REVIEWED, DISMISSED, PROMOTED] = ["HUN-IRQ", "HUN-AFG", "HUN-SYR"].map(
  (key) => `ASY-2015-Q3-${key}-1`,
) as [...[string, string, string]];

test("reviewing, dismissing and promoting are seen by nobody else, the series' owner included", async () => {
  const before = await everything();
  expect(before.get("HUN")).toContain(PROMOTED);
  expect(
    (await actOn(exchange, "frontex-officer", "reviewSignal", { id: REVIEWED })).code,
  ).toBeNull();
  await unchanged(before);
  const reason = "Known to us as a recount";
  expect(
    (await actOn(exchange, "frontex-officer", "dismissSignal", { id: DISMISSED, reason })).code,
  ).toBeNull();
  await unchanged(before);
  const { signal } = await actOn(exchange, "frontex-officer", "promoteSignal", { id: PROMOTED });
  expect(signal.state).toBe("PROMOTED");
  await unchanged(before);

  const { identifier } = signal.alert;
  const unknown = "01890000-0000-7000-8000-000000000001";
  for (const mutation of ["confirmAlert", "acknowledgeAlert"]) {
    const refused = await act(exchange, "hun-approver", mutation, { alert: identifier });
    expect(refused.text).toBe(
      (await act(exchange, "hun-approver", mutation, { alert: unknown })).text,
    );
    expect(refused.data[mutation].userErrors).toMatchObject([{ code: "NOT_FOUND" }]);
  }
  // What Frontex has made of it does not keep Hungary's people from making something else of it.
  const own = await actOn(exchange, "hun-officer", "promoteSignal", {
    id: PROMOTED,
    addresses: ["FRA"],
  });
  expect([own.code, own.signal.state, own.signal.decidedBy]).toEqual([
    null,
    "PROMOTED",
    "hun-officer",
  ]);
  await unchanged(before, ["HUN"]);

  const released = await everything();
  expect(
    (await done(exchange, "frontex-approver", "confirmAlert", { alert: identifier })).state,
  ).toBe("ACTIVE");
  await unchanged(released, ["HUN"]);
  expect(await sees(exchange, "hun-analyst", identifier)).toEqual([true, true, true]);
});
