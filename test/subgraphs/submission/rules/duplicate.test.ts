import { check, said } from "./check";

test("the same cell twice, with the line where it stands first", async () => {
  expect(
    await said(
      "duplicate",
      "ASY,AUT,2015-Q3,AFG,7014,\nASY,AUT,2015-Q3,IRN,12,\nASY,AUT,2015-Q3,AFG,7104,",
    ),
  ).toEqual([
    '4: AFG stands in line 2 already, with another value, "7014". Leave one of them out.',
  ]);
  expect(await said("duplicate", "ASY,AUT,2015-Q3,,9,\nASY,AUT,2015-Q3,_T,9,")).toEqual([
    "3: The total stands in line 2 already, with the same value. Leave one of them out.",
  ]);
});

test("another period, citizenship or table is another cell", async () => {
  const header = "indicator,reporter,period,citizenship,country_of_issuance,sex,value";
  const { issues } = await check(
    `${header}\nFAC,AUT,2014,AFG,,,1\nFAC,AUT,2013,AFG,,,1\nFAC,AUT,2014,IRN,,,1\nFAC,AUT,2014,AFG,,F,1\nFAC,AUT,2014,,AFG,,1`,
  );
  expect(issues.filter(({ rule }) => rule === "duplicate")).toEqual([]);
});
