import { said } from "./check";

test("what is no number", async () => {
  expect(
    await said(
      "unreadable",
      'ASY,AUT,2015-Q3,AFG,7O14,\nASY,AUT,2015-Q3,IRN,#REF!,\nASY,AUT,2015-Q3,IRQ,"1,40,5",',
    ),
  ).toEqual([
    expect.stringMatching(/^2: "7O14" is no number\. Write a whole number/),
    expect.stringMatching(/^3: "#REF!" is no number/),
    expect.stringMatching(/^4: "1,40,5" is no number/),
  ]);
});

test("marks, blanks between thousands and digits of Arabic scripts are read", async () => {
  expect(
    await said(
      "unreadable",
      "ASY,AUT,2015-Q3,AFG,:,\nASY,AUT,2015-Q3,IRN,*,\nASY,AUT,2015-Q3,IRQ,1 200,\nASY,AUT,2015-Q3,SYR,۱۲۰۰,",
    ),
  ).toEqual([]);
});
