import { check, checkFile, said, told } from "./check";

const of = (lines: string) => said("unknown-code", lines);

test("a citizenship that nobody has, and the one that was meant", async () => {
  expect(await of("ASY,AUT,2015-Q3,AFX,7014,")).toEqual([
    '2: "AFX" is no code of CITIZENSHIP. Did you mean AFG (Afghanistan)?',
  ]);
  expect(await of("ASY,AUT,2015-Q3,IRK,5,")).toEqual([
    '2: "IRK" is no code of CITIZENSHIP. Did you mean IRL (Ireland), IRN (Iran), IRQ (Iraq)?',
  ]);
  expect(await of("ASY,AUT,2015-Q3,AFG,7014,")).toEqual([]);
});

test("letters exchanged, a name misspelt, and nothing near", async () => {
  expect(await of("ASY,AUT,2015-Q3,PKA,5,")).toEqual([expect.stringContaining("PAK (Pakistan)")]);
  expect(await of("ASY,AUT,2015-Q3,Afganistann,5,")).toEqual([
    expect.stringContaining("Did you mean AFG"),
  ]);
  expect(await of("ASY,AUT,2015-Q3,Volksdeutsche,5,")).toEqual([
    '2: "Volksdeutsche" is no code of CITIZENSHIP. Use a code of the list. What is unknown is _U.',
  ]);
});

test("the code lists of the other dimensions", async () => {
  const header = "indicator,reporter,period,citizenship,sex,value";
  expect(
    await of(`${header}\nFAC,AUT,2014,AFG,W,3\nFAC,AUT,2014,AFG,Femal,3\nFAC,AUT,2014,AFG,F,3`),
  ).toEqual([
    '2: "W" is no code of SEX. Did you mean F (Female), M (Male)?',
    '3: "Femal" is no code of SEX. Did you mean F (Female)?',
  ]);
  const places = "indicator,reporter,period,citizenship,place_of_detection,value";
  expect(await of(`${places}\nFAC,AUT,2014,AFG,INLND,3`)).toEqual([
    '2: "INLND" is no code of PLACE_OF_DETECTION. Did you mean INLAND (Inland)?',
  ]);
});

test("an indicator and a reporter, once for all the figures under it", async () => {
  expect(await of("ASI,AUT,2015-Q3,AFG,1,\nASI,AUT,2015-Q3,IRN,1,")).toEqual([
    expect.stringMatching(/^2: "ASI" is not known as indicator \(2 figures\). Did you mean ASY \(/),
  ]);
  expect(await of("XYZQ,AUT,2015-Q3,AFG,1,")).toEqual([
    '2: "XYZQ" is not known as indicator. There are IBC, FAC, IST, REF, ASY, DOC, THB, RET.',
  ]);
  expect(await of("ASY,AUTT,2015-Q3,AFG,1,")).toEqual([
    '2: "AUTT" is not known as reporter. Did you mean AUT (Austria)?',
  ]);
});

test("none of the names in the files of Austria and UNHCR is unknown", async () => {
  const asylum = await checkFile("austria_asylantraege_wide_de.csv", "austria-asylum-wide");
  expect(asylum.read.length).toBeGreaterThan(500);
  expect(told("unknown-code", asylum.issues)).toEqual([]);
});

test("a file of nothing but unknown codes costs no more than is told of it", async () => {
  const lines = Array.from({ length: 20_000 }, (_, at) => `ASY,AUT,2015-Q3,Nowhereland${at},1`);
  const { issues, omitted, counts } = await check(
    `indicator,reporter,period,citizenship,value\n${lines.join("\n")}`,
  );
  expect([issues.length, omitted, counts.ERROR]).toEqual([1_000, 19_000, 20_000]);
  expect(issues.map(({ origin }) => origin.line)).toEqual(
    Array.from({ length: 1_000 }, (_, at) => at + 2),
  );
});
