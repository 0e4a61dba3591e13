import { said } from "./check";

const isClosed = ({ end }: { end: string }) => end <= "2016-11-24";

test("what is closed is told, once a report", async () => {
  expect(
    await said(
      "closed-period",
      "ASY,AUT,2015-Q3,AFG,7014,\nASY,AUT,2015-Q3,IRN,1,\nASY,AUT,2019-Q3,AFG,1,",
      {
        isClosed,
      },
    ),
  ).toEqual([
    "2: 2015-Q3 is closed (2 figures). Give the reason of the change, or correct the period.",
  ]);
  expect(
    await said("closed-period", "ASY,AUT,2015-Q3,AFG,7014,", { isClosed: () => false }),
  ).toEqual([]);
});
