import { said } from "./check";

test("another country's figures, even among one's own", async () => {
  const lines = "ASY,AUT,2015-Q3,AFG,7014,\nASY,HUN,2015-Q3,AFG,27640,\nASY,HUN,2015-Q3,SYR,1,";
  expect(await said("not-yours", lines)).toEqual([
    "3: The figures are HUN's, and AUT submits (2 figures). Leave them out, or sign in as their country.",
  ]);
  expect(await said("not-yours", lines, { partner: "HUN" })).toEqual([
    expect.stringMatching(/^2: The figures are AUT's/),
  ]);
  expect(await said("not-yours", "ASY,AUT,2015-Q3,AFG,7014,")).toEqual([]);
});
