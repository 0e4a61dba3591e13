/** Files as their publishers made them, read by their mappings, against the figures that were published. */
import { published } from "../../../support/expectation";
import { fixture, readBytes } from "../read";

test("Austria's asylum statistics: a column a month with German names, two spellings of the rest", async () => {
  const { figures, issues, at, encoding, delimiter } = await readBytes(
    fixture("austria_asylantraege_wide_de.csv"),
    {
      mapping: "austria-asylum-wide",
    },
  );
  expect([encoding, delimiter]).toEqual(["utf-8", ","]);
  expect(at("ASY/2015-Q3/AFG")).toMatchObject({
    value: 2790 + 1910 + 2314,
    status: "A",
    reporter: "AUT",
    unit: "PERSONS",
  });
  expect(at("ASY/2015-Q1/SYR")?.value).toBe(900 + 672 + 837);
  expect(at("ASY/2015-Q1/_STL")?.value).toBe(118 + 64 + 58);
  expect(at("ASY/2015-Q4/AFG")).toBeUndefined(); // October alone is no quarter
  expect(
    issues.some(
      ({ rule, message }) => rule === "incomplete-quarter" && message.includes("2015-Q4"),
    ),
  ).toBe(true);
  expect(new Set(figures.map(({ dimensions }) => dimensions.join()))).toEqual(
    new Set(["CITIZENSHIP"]),
  );
  const unknown = new Set(
    figures.map(({ key }) => key[0] as string).filter((code) => !/^([A-Z]{3}|_[A-Z]+)$/.test(code)),
  );
  expect([...unknown]).toEqual([]);
});

test("Austria's smugglers by Land: the regions are added, and what is no indicator is left", async () => {
  const { figures } = await readBytes(fixture("austria_schlepperstatistik2014_tab.csv"), {
    mapping: "austria-facilitators-tab",
  });
  const told = figures.map(({ indicator, period, value, dimensions }) => [
    indicator,
    period,
    value,
    dimensions,
  ]);
  expect(told).toEqual([
    ["FAC", "2014", 151 + 33 + 59 + 53 + 18 + 15 + 136 + 7 + 38, []], // 510, where the ministry prints 511
    ["IST", "2014", 231 + 562 + 732 + 457 + 651 + 1194 + 5991 + 60 + 2913, []],
  ]);
});

test("Eurostat's bulk file: a Windows code page, thousands with commas, colons, and one reporter of many", async () => {
  const { figures, at, encoding } = await readBytes(
    fixture("eurostat_bulk_migr_eiord_latin1_excerpt.csv"),
    {
      mapping: "eurostat-eiord-bulk",
    },
  );
  expect(encoding).toBe("windows-1252");
  expect(new Set(figures.map(({ reporter }) => reporter))).toEqual(new Set(["AUT"]));
  expect(at("RTD/2015/AFG")?.value).toBe(415);
  expect(at("RTD/2015/CIV")).toMatchObject({ value: 0, status: "A" });
  expect(figures.filter(({ value }) => Number.isNaN(value))).toEqual([]);
  const total = figures.find(({ dimensions }) => dimensions.length === 0);
  expect(total?.value).toBeGreaterThan(1_000);
  expect(total?.written).toMatch(/^\d,\d{3}$/);
});

test("Eurostat's Data Browser workbook: a preamble, a pair of columns a year, names that mean Poland", async () => {
  const { figures, at } = await readBytes(fixture("eurostat_databrowser_migr_eirfs_poland.xlsx"), {
    mapping: "eurostat-eirfs-databrowser",
    reporter: "POL",
  });
  expect(figures.map(({ period, value }) => [period, value])).toEqual([
    ["2014", 20_125],
    ["2015", 30_245],
    ["2016", 34_485],
    ["2017", 38_660],
    ["2018", 53_695],
    ["2019", 65_425],
    ["2020", 28_130],
    ["2021", 26_160],
    ["2022", 23_330],
    ["2023", 14_850],
  ]);
  expect(at("REF/2014")).toMatchObject({ reporter: "POL", origin: { line: 13, column: 2 } });
});

test("UNHCR's export: two lines before the header, months by name, stars that make lower bounds", async () => {
  const { at, figures } = await readBytes(fixture("unhcr_popstats_export_2015-10_excerpt.csv"), {
    mapping: "unhcr-asylum-monthly",
  });
  expect(new Set(figures.map(({ reporter }) => reporter))).toEqual(new Set(["AUT"]));
  // One less than in the later export that the demo has: figures are revised.
  expect(at("ASY/2015-Q2/AFG")?.value).toBe(4_039);
  expect(published("AUT", "ASY", "2015-Q2")?.get("AFG")?.value).toBe(4_040);
  expect(
    figures.some(
      ({ status, isLowerBound, value }) => status === "E" && isLowerBound && value !== null,
    ),
  ).toBe(true);
  expect(figures.some(({ status, value }) => status === "Q" && value === null)).toBe(true);
});
