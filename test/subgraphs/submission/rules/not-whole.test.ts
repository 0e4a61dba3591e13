import { checkFile, said, told } from "./check";

test("Eurostat's 1,405 under a layout that knows no comma between thousands", async () => {
  expect(await said("unreadable", 'ASY,AUT,2015,ECU,"1,405",\nASY,AUT,2015,AFG,1405,')).toEqual([
    '2: "1,405" can be read as 1405 or as 1.405. If it is 1405, write it so, or state what stands between thousands (thousands, decimal).',
  ]);
});

test("under the layout that knows it nothing is said", async () => {
  const { read, issues } = await checkFile(
    "eurostat_bulk_migr_eiord_latin1_excerpt.csv",
    "eurostat-eiord-bulk",
  );
  expect(read.some(({ written }) => /^\d,\d{3}$/.test(written))).toBe(true);
  expect(told("not-whole", issues)).toEqual([]);
});

test("a half, a whole that is written with decimals, and more than there are people", async () => {
  expect(
    await said(
      "not-whole",
      "ASY,AUT,2015,AFG,12.5,\nASY,AUT,2015,IRN,12.0,\nASY,AUT,2015,IRQ,9999999999,",
    ),
  ).toEqual([
    '2: "12.5" was read as 12.5, which is no whole number. Write a whole number.',
    '4: "9999999999" is more than can be counted. Write a whole number.',
  ]);
});
