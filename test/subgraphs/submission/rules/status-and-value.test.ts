import { said } from "./check";

const of = (lines: string) => said("status-and-value", lines);

test("a value beside a status that says there is none", async () => {
  expect(await of("ASY,AUT,2015,AFG,0,Q\nASY,AUT,2015,IRN,4,O\nASY,AUT,2015,IRQ,4,E")).toEqual([
    '2: "0" stands beside the status Q (suppressed). Leave out the value, or write A if it was counted.',
    '3: "4" stands beside the status O (not available). Leave out the value, or write A if it was counted.',
  ]);
});

test("nothing beside a status that says there is something", async () => {
  expect(
    await of("ASY,AUT,2015,AFG,,A\nASY,AUT,2015,IRN,*,\nASY,AUT,2015,IRQ,,M\nASY,AUT,2015,SYR,0,A"),
  ).toEqual([
    "2: There is no value, and the status A (reported) says that there is. Write 0 if there were none; O, L, M or Q where it is not known, with its reason.",
  ]);
});
