import { said } from "./check";

test("Frontex 2015: 556,432 of 1,822,337 detections without a nationality", async () => {
  expect(
    await said(
      "unknown-share",
      "IBC,AUT,2015,,1822337,\nIBC,AUT,2015,_U,556432,\nIBC,AUT,2015,_O,1265905,",
    ),
  ).toEqual([
    "3: CITIZENSHIP is unknown for 556432 of 1822337 (31 %) in the table by CITIZENSHIP. Say in the comment why, or find out more.",
  ]);
});

test("a tenth is not more than a tenth", async () => {
  expect(await said("unknown-share", "IBC,AUT,2015,_U,10,\nIBC,AUT,2015,AFG,90,")).toEqual([]);
  expect(await said("unknown-share", "IBC,AUT,2015,_U,11,\nIBC,AUT,2015,AFG,90,")).toHaveLength(1);
});

test("in each dimension of a finer table; but another border section is no unknown one", async () => {
  const sexes = "indicator,reporter,period,citizenship,sex,value";
  expect(
    await said(
      "unknown-share",
      `${sexes}\nFAC,AUT,2014,AFG,M,8\nFAC,AUT,2014,AFG,_U,4\nFAC,AUT,2014,IRN,M,8`,
    ),
  ).toEqual([
    expect.stringContaining("SEX is unknown for 4 of 20 (20 %) in the table by CITIZENSHIP × SEX"),
  ]);
  const sections = "indicator,reporter,period,citizenship,border_section,value";
  expect(
    await said("unknown-share", `${sections}\nIBC,AUT,2015,AFG,_U,90\nIBC,AUT,2015,AFG,IRN-TUR,10`),
  ).toEqual([]);
});
