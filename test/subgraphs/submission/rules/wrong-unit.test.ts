import { said } from "./check";

const of = (lines: string) =>
  said("wrong-unit", `indicator,reporter,period,refusal_reason,value,unit\n${lines}`);

test("refusals by reason count reasons: 118,087 persons had 121,304 of them in 2011 (Frontex, ARA 2012)", async () => {
  expect(await of("REF,AUT,2011,,118087,PERSONS\nREF,AUT,2011,C,121304,PERSONS")).toEqual([
    "3: The table by REFUSAL_REASON of REF counts REASONS, not PERSONS. Count REASONS, or leave the figure out.",
  ]);
  expect(await of("REF,AUT,2011,,118087,PERSONS\nREF,AUT,2011,C,121304,reasons")).toEqual([]);
});

test("documents are not persons: 7,536 and 6,667 in 2019; a file need not state the unit", async () => {
  const header =
    "indicator,reporter,period,document_type,fraud_type,country_of_issuance,value,unit";
  const documents = (unit: string) => `${header}\nDOC,AUT,2019,PASSPORT,FORGED,TUR,7536,${unit}`;
  expect(await said("wrong-unit", documents("PERSONS"))).toEqual([
    expect.stringContaining("counts DOCUMENTS, not PERSONS"),
  ]);
  expect(await said("wrong-unit", documents("DOCUMENTS"))).toEqual([]);
  expect(await said("wrong-unit", documents(""))).toEqual([]);
});
