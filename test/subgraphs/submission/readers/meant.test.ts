/** What a file says is read as it was meant, or refused with its place: numbers, columns, lines and attributes. */
import fc from "fast-check";
import {
  loadMappings,
  type Mapping,
} from "../../../../subgraphs/indicators/submission/readers/mapping";
import {
  readingsOf,
  readNumber,
} from "../../../../subgraphs/indicators/submission/readers/numbers";
import { refuseRestriction } from "../../../../subgraphs/indicators/submission/readers/read";
import { readBytes, text } from "../read";

const ANY = { thousands: null };

describe("a number whose convention is not stated", () => {
  test.each(["13.000", "13,000", "1.405", "-1,200", "≥ 13.000"])(
    "%j has two readings",
    (written) => {
      expect(readNumber(written, ANY).value).toBeNaN();
      expect(readingsOf(written)).toHaveLength(2);
    },
  );

  test.each([
    ["1,200,000", 1_200_000],
    ["1.200.000", 1_200_000],
    ["1 200 000", 1_200_000],
    ["0.500", 0.5],
  ])("%j is %d and nothing else", (written, value) => {
    expect(readNumber(written, ANY).value).toBe(value);
  });
});

test.each([
  "345 1",
  "12 5",
  "1 20",
  "1 200\u00a0000",
  "12,00,000",
  "5-",
  "1e3",
  "0x10",
  "5%",
  "(5)",
  "345¹",
  "+5",
  "1'2",
  "12٬3",
  "1\n200",
  "1,200.5",
  "−5",
])("%j is no number", (written) => {
  expect(readNumber(written, ANY).value).toBeNaN();
});

test("a number that is formatted by a stated convention is read as itself", () => {
  const digits = fc.integer({ min: 0, max: 2_147_483_647 });
  fc.assert(
    fc.property(digits, fc.constantFrom("," as const, "." as const), (value, thousands) => {
      const written = value.toLocaleString("en-US").replaceAll(",", thousands);
      expect(readNumber(written, { thousands }).value).toBe(value);
      expect(readNumber(written.replaceAll(thousands, "\u202f"), { thousands }).value).toBe(value);
    }),
  );
});

test("what is not in groups of three by the stated convention is refused", () => {
  const group = fc.stringMatching(/^[0-9]{1,5}$/);
  fc.assert(
    fc.property(group, group, (one, other) => {
      fc.pre(one.length > 3 || other.length !== 3);
      expect(readNumber(`${one},${other}`, { thousands: "," }).value).toBeNaN();
      expect(readNumber(`${one} ${other}`, ANY).value).toBeNaN();
    }),
  );
});

const long = (content: string) => readBytes(text(content), { mapping: "accord-long" });
const sdmx = (
  more: string,
  cells: string,
  freq = "Q",
  action = "M",
  id = "ACCORD:FIGURES(1.0.0)",
) =>
  readBytes(
    text(
      `STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,OBS_STATUS${more}\ndataflow,${id},${action},${freq},AUT,REF,2026-Q1,30,A${cells}\n`,
    ),
    { mapping: "sdmx-csv" },
  );

test.each([
  [
    "an unknown column",
    "indicator,period,nationality,value\nREF,2026-Q1,AFG,30",
    /csv:1:3: .*"nationality"/,
  ],
  ["a column twice", "indicator,period,value,Value\nREF,2026-Q1,1,2", /csv:1:4: Two columns/],
  [
    "a cell too many",
    "indicator,period,CITIZENSHIP,value\nREF,2026-Q1,AFG,1,200",
    /csv:2:5: "200"/,
  ],
  ["a cell too few", "indicator,period,value,status\nREF,2026-Q1,1", /csv:2: The line has 3 cells/],
  ["an unnamed column", "indicator,period,value,\nREF,2026-Q1,345,1", /csv:2:4: "1"/],
  ["no figures", "indicator,period,value\n", /no figure of AUT: it has no figures at all/],
])("%s is refused", async (_name, content, message) => {
  await expect(long(content)).rejects.toThrow(message);
});

test("SDMX attributes that change what a line says are refused", async () => {
  expect((await sdmx(",CONF_STATUS,UNIT_MULT", ",F,0")).at("REF/2026-Q1")?.value).toBe(30);
  await expect(sdmx("", "", "Q", "D")).rejects.toThrow(/csv:2:3: ACTION is "D"/);
  await expect(sdmx("", "", "A")).rejects.toThrow(/FREQ is "A", and the period "2026-Q1"/);
  await expect(sdmx("", "", "Q", "M", "ESTAT:X(1.0)")).rejects.toThrow(/STRUCTURE_ID/);
  await expect(sdmx(",CONF_STATUS", ",C")).rejects.toThrow(/CONF_STATUS is "C"/);
  await expect(sdmx(",UNIT_MULT", ",3")).rejects.toThrow(/UNIT_MULT is "3"/);
  await expect(sdmx(",EMBARGO_TIME", ",2027-01-01")).rejects.toThrow(/EMBARGO_TIME/);
});

test("SDMX labels stand behind ids, and a header's case does not matter", async () => {
  const { at } = await readBytes(
    text(
      "STRUCTURE[;],STRUCTURE_ID,ACTION,FREQ: Frequency,REF_AREA: Reporting country,INDICATOR: Indicator,TIME_PERIOD: Period,OBS_VALUE: Value,OBS_STATUS: Status\ndataflow,ACCORD:FIGURES(1.0.0): Figures,M,Q: Quarterly,AUT: Austria,REF: Refusals,2026-Q1,30,A: Reported\n",
    ),
    { mapping: "sdmx-csv" },
  );
  expect(at("REF/2026-Q1")).toMatchObject({ value: 30, status: "A", reporter: "AUT" });
  expect((await long("Indicator,Period,Value\nREF,2026-Q1,30")).at("REF/2026-Q1")?.value).toBe(30);
});

test("a quarter has the weakest status of its months", async () => {
  const { at } = await long(
    "indicator,period,value,status\nREF,2026-01,10,A\nREF,2026-02,20,E\nREF,2026-03,30,P\n",
  );
  expect(at("REF/2026-Q1")).toMatchObject({ value: 60, status: "E" });
});

test("flags of Eurostat are statuses, and the reporters of a file of others are named", async () => {
  const file = (flag: string, country = "Austria") =>
    readBytes(
      text(
        `TIME,GEO,CITIZEN,UNIT,Value,Flag and Footnotes\n2015,${country},Croatia,Person,"1,200",${flag}\n`,
      ),
      { mapping: "eurostat-eiord-bulk" },
    );
  expect((await file("bp")).figures[0]).toMatchObject({ value: 1_200, status: "P" });
  expect((await file("u")).figures[0]?.status).toBe("U"); // for a rule to refuse
  await expect(file("", "Poland")).rejects.toThrow(/no figure of AUT: it has figures of POL only/);
});

test("fractions of months do not add up to a count", async () => {
  const { at } = await long(
    "indicator,period,value\nREF,2026-01,10\nREF,2026-02,12.5\nREF,2026-03,12.5\n",
  );
  expect(at("REF/2026-Q1")).toMatchObject({ value: Number.NaN, written: "12.5" });
});

test("Eurostat's own letters for Greece and the United Kingdom", async () => {
  const { figures } = await long(
    "indicator,period,CITIZENSHIP,value\nREF,2026-Q1,EL,1\nREF,2026-Q1,UK,2\n",
  );
  expect(figures.map(({ key }) => key[0])).toEqual(["GRC", "GBR"]);
});

test("a preamble that restricts the table is refused", () => {
  const { preamble } = loadMappings().get("eurostat-eirfs-databrowser") as Mapping;
  const said = (label: string, value: string) => () =>
    refuseRestriction({ line: 9, cells: [label, "", value] }, { file: "f.xlsx", preamble });
  expect(said("Country of citizenship", "Afghanistan")).toThrow(/Afghanistan/);
  expect(said("Border", "Air border")).toThrow(/Air border/);
  expect(said("Age", "Less than 18 years")).toThrow(/does not know/);
  expect(said("Dataset:", "Refused entry [migr_eirfs$defaultview]")).not.toThrow();
  expect(said("Border", "Total")).not.toThrow();
});

test("Cyrillic of an unstated code page is asked for, and read where it is stated", async () => {
  // Афганистан in windows-1251
  const name = Buffer.from("c0f4e3e0ede8f1f2e0ed", "hex");
  const bytes = Buffer.concat([
    text("indicator,period,CITIZENSHIP,value\nREF,2026-Q1,"),
    name,
    text(",30\n"),
  ]);
  await expect(readBytes(bytes, { mapping: "accord-long" })).rejects.toThrow(/windows-1251/);
  const { at } = await readBytes(bytes, { mapping: "accord-long", encoding: "windows-1251" });
  expect(at("REF/2026-Q1/AFG")?.value).toBe(30);
});
