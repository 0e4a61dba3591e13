/** An owner opens more detail, small numbers protected, to a partner that reads a list exactly: from then on it reads one form. */
import { act, propose, TERM } from "../support/agreements";
import { type ExchangeUnderTest, openExchange } from "../support/exchange-under-test";

let exchange: ExchangeUnderTest;
beforeAll(async () => {
  exchange = await openExchange();
});
afterAll(() => exchange?.stop());

const DETAIL = {
  ...TERM,
  owners: ["HUN"],
  viewers: ["FRONTEX"],
  indicators: ["ASY"],
  detail: ["CITIZENSHIP", "SEX"],
  disclosureControl: "SUPPRESSION",
};
const LIST = `{ series(reporters: ["HUN"], indicators: ["ASY"], from: "2015-Q1", to: "2015-Q4", by: [CITIZENSHIP]) {
  citizenship { code } values statuses } }`;

interface Cell {
  readonly name: string;
  readonly value: number | null;
  readonly status: string;
}

async function read(): Promise<Cell[]> {
  const { data, errors } = await exchange.ask("frontex-analyst", LIST);
  if (errors) throw new Error(JSON.stringify(errors));
  return data.series.flatMap(({ citizenship, values, statuses }: any) =>
    values.map((value: number | null, at: number) => ({
      name: `${citizenship?.code} ${at}`,
      value,
      status: statuses[at],
    })),
  );
}

const explain = async () => {
  const query = `{ explainAccess(owner: "HUN", category: STATISTICS, indicator: "ASY", by: [CITIZENSHIP], period: "2015-Q3") {
    allowed reason agreement { id } } }`;
  return (await exchange.ask("frontex-analyst", query)).data.explainAccess;
};

test("the preview says so, the list comes suppressed under the new agreement, and exactly again when that is over", async () => {
  const exact = await read();
  const small = exact.filter(({ value }) => value !== null && value > 0 && value < 5);
  expect(small.length).toBeGreaterThan(5);
  const proposal = {
    title: "Asylum seekers by sex (fictional)",
    kind: "BILATERAL",
    terms: [DETAIL],
  };
  const preview = `mutation ($input: PreviewAgreementInput!) { previewAgreement(input: $input) {
    changes { partner { code } gains { cells } loses { cells } lessProtected moreProtected } warnings } }`;
  const { data } = await exchange.ask("hun-officer", preview, { input: { proposal } });
  const { changes, warnings } = data.previewAgreement;
  expect(changes).toMatchObject([
    { partner: { code: "FRONTEX" }, loses: { cells: 0 }, lessProtected: 0 },
  ]);
  expect(changes[0].moreProtected).toBeGreaterThan(
    exact.filter(({ value }) => value !== null).length,
  );
  expect(warnings).toContainEqual(expect.stringContaining("more protected"));

  const { agreement } = await propose(exchange, "hun-officer", proposal);
  expect(await read()).toEqual(exact);
  for (const client of ["hun-approver", "frontex-approver"])
    await act(exchange, client, "acceptAgreement", { id: agreement.id, version: 1 });
  const suppressed = new Map((await read()).map((cell) => [cell.name, cell]));
  expect(small.map(({ name }) => suppressed.get(name)?.status)).toEqual(
    small.map(() => "SUPPRESSED"),
  );
  const withheld = (cells: Iterable<Cell>) =>
    [...cells].filter(({ status }) => status === "WITHHELD");
  expect(withheld(suppressed.values())).toEqual(withheld(exact));
  expect(await explain()).toEqual({
    allowed: true,
    reason: "GRANTED",
    agreement: { id: agreement.id },
  });

  await act(exchange, "hun-approver", "revokeAgreement", { id: agreement.id });
  expect(await read()).toEqual(exact);
  expect(await explain()).toMatchObject({ agreement: { id: "A10" } });
});
