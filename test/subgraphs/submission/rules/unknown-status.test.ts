import { said } from "./check";

test("letters of another list, words, and those that there are", async () => {
  expect(
    await said(
      "unknown-status",
      "ASY,AUT,2015,AFG,1,Z\nASY,AUT,2015,IRN,1,REPORTED\nASY,AUT,2015,IRQ,1,A\nASY,AUT,2015,SYR,1,p",
    ),
  ).toEqual([
    expect.stringMatching(
      /^2: "Z" is no status of a figure\. There are A \(reported\), .*Q \(suppressed\)\.$/,
    ),
    '3: "REPORTED" is no status of a figure. Did you mean A (reported)?',
  ]);
});
