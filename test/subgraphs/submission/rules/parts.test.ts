import { validate } from "../../../../subgraphs/indicators/submission/validate";
import { CONTEXT, check, checkFile, said, told } from "./check";

const above = (lines: string, rounding = 1) => said("parts-above-whole", lines, { rounding });
const below = (lines: string, rounding = 1) => said("parts-below-whole", lines, { rounding });

describe("a total and its breakdown", () => {
  test("Austria 2014: 511 facilitators in all, 510 by Land, as the ministry printed them", async () => {
    const file = await checkFile(
      "austria_schlepperstatistik2014_tab.csv",
      "austria-facilitators-tab",
    );
    const sum = file.read.find(({ indicator }) => indicator === "FAC")?.value;
    expect(sum).toBe(510);
    const lines = (total: number) => `FAC,AUT,2014,,${total},\nFAC,AUT,2014,_U,${sum},`;
    expect(await below(lines(511))).toEqual([
      "2: The total is 511, and the parts by CITIZENSHIP sum to 510, which is 1 less. Correct one of them, or report the rest as _U or _O.",
    ]);
    expect(await below(lines(510))).toEqual([]);
    expect(await above(lines(509))).toEqual([
      "2: The total is 509, and the one part by CITIZENSHIP is 510. Correct the figure or one of its parts.",
    ]);
    expect(await above(lines(511))).toEqual([]);
  });

  test("Frontex ARA 2015, facilitators 2012: 7,662 in all and 7,622 by place", async () => {
    const table = { dimensions: ["PLACE_OF_DETECTION"], unit: "PERSONS" };
    const total = { dimensions: [], unit: "PERSONS" };
    const catalogue = [
      {
        code: "FAC",
        name: "as Frontex prints it",
        dimensions: ["PLACE_OF_DETECTION"],
        cubes: [total, table],
      },
    ];
    const places = { INLAND: 5076, LAND: 903, LAND_INTRA_EU: 494, SEA: 471, AIR: 358, _U: 320 };
    const lines = (all: number) =>
      ["indicator,reporter,period,place_of_detection,value", `FAC,AUT,2012,,${all}`]
        .concat(Object.entries(places).map(([place, value]) => `FAC,AUT,2012,${place},${value}`))
        .join("\n");
    expect(await said("parts-below-whole", lines(7_662), { catalogue })).toEqual([
      expect.stringContaining(
        "The total is 7662, and the parts by PLACE_OF_DETECTION sum to 7622, which is 40 less",
      ),
    ]);
    expect(await said("parts-below-whole", lines(7_622), { catalogue })).toEqual([]);
  });

  test("Eurostat rounds to 5: Iceland refused 20 in 2015, and China, Libya and Russia are 5 each", async () => {
    const lines = ["", "CHN", "LBY", "RUS"]
      .map((code, at) => `REF,ISL,2015,${code},${at === 0 ? 20 : 5},`)
      .join("\n");
    expect(await below(lines, 5)).toEqual([]);
    expect(await below(lines, 1)).toEqual([
      expect.stringMatching(/^2: The total is 20, .* sum to 15, which is 5 less\./),
    ]);
  });

  test("Austria's orders to leave of 2015 (Eurostat): four of the parts are colons, so they may only be too few", async () => {
    const cubes = [[], ["CITIZENSHIP"]].map((dimensions) => ({ dimensions, unit: "PERSONS" }));
    const catalogue = [
      { code: "RTD", name: "Orders to leave", dimensions: ["CITIZENSHIP"], cubes },
    ];
    const name = "eurostat_bulk_migr_eiord_latin1_excerpt.csv";
    const of = async (bend: number) => {
      const { read } = await checkFile(name, "eurostat-eiord-bulk");
      const bent = read.map((one) =>
        one.key[0] === "AFG" ? { ...one, value: (one.value ?? 0) + bend } : one,
      );
      const { issues } = validate(bent, { ...CONTEXT, catalogue });
      return issues.filter(({ rule }) => rule.startsWith("parts-")).map(({ message }) => message);
    };
    expect(await of(-100)).toEqual([]);
    expect(await of(0)).toEqual([]);
    expect(await of(55)).toEqual([]);
    expect(await of(56)).toEqual(["The total is 9910, and the parts by CITIZENSHIP sum to 9911."]);
  });

  test("rounding explains half of it for the total and for each part, and no more", async () => {
    const lines = (total: number) =>
      `ASY,AUT,2015,,${total},\nASY,AUT,2015,AFG,60,\nASY,AUT,2015,SYR,45,`;
    expect(await above(lines(100), 5)).toEqual([]);
    expect(await above(lines(95), 5)).toEqual([
      expect.stringContaining("sum to 105 (rounding explains 6)"),
    ]);
    expect(await above(lines(100), 1)).toHaveLength(1);
    expect(await below(lines(110), 5)).toEqual([]);
    expect(await below(lines(115), 5)).toHaveLength(1);
  });

  test("suppressed, missing and bounded parts leave only the lower bound to be checked", async () => {
    const lines = (total: number | string, last: string) =>
      `ASY,AUT,2015-Q3,,${total},\nASY,AUT,2015-Q3,AFG,60,\nASY,AUT,2015-Q3,IRN,${last},`;
    for (const hidden of ["*", ":", ".", "", ">=2"]) {
      expect(await below(lines(100, hidden))).toEqual([]);
      expect(await above(lines(100, hidden))).toEqual([]);
      expect(await above(lines(59, hidden))).toHaveLength(1);
    }
    expect(await below(lines(100, "2"))).toHaveLength(1);
    expect(await above(lines(":", "2"))).toEqual([]);
    expect(await above(lines(">=50", "2"))).toEqual([]);
    expect(await below(lines(">=100", "2"))).toHaveLength(1);
  });

  test("a table of another unit is not a breakdown: 118,087 persons refused for 121,304 reasons", async () => {
    const lines =
      "indicator,reporter,period,refusal_reason,value\nREF,AUT,2011,,118087\nREF,AUT,2011,C,121304";
    expect(await above(lines)).toEqual([]);
    expect(await below(lines.replace("118087", "200000"))).toEqual([]);
  });
});

describe("a coarser table and a finer one", () => {
  const header = "indicator,reporter,period,citizenship,sex,value";
  const lines = (afg: number, female: number) =>
    `${header}\nFAC,AUT,2014,,,${afg + 11}\nFAC,AUT,2014,AFG,,${afg}\nFAC,AUT,2014,IRN,,11\nFAC,AUT,2014,AFG,F,${female}\nFAC,AUT,2014,AFG,M,30\nFAC,AUT,2014,IRN,M,11`;

  test("the parts by sex of a citizenship, said of the citizenship alone", async () => {
    expect(await above(lines(40, 12))).toEqual([
      "3: AFG is 40, and the parts by SEX sum to 42. Correct the figure or one of its parts.",
    ]);
    expect(await below(lines(40, 9))).toEqual([
      expect.stringMatching(/^3: AFG is 40, .* sum to 39, which is 1 less/),
    ]);
    expect([...(await above(lines(40, 10))), ...(await below(lines(40, 10)))]).toEqual([]);
  });

  test("without the table between them the total itself is compared", async () => {
    expect(
      await above(`${header}\nFAC,AUT,2014,,,40\nFAC,AUT,2014,AFG,F,12\nFAC,AUT,2014,AFG,M,30`),
    ).toEqual([
      "2: The total is 40, and the parts by CITIZENSHIP × SEX sum to 42. Correct the figure or one of its parts.",
    ]);
  });

  test("unaccompanied minors are minors: counted once, and never more of them", async () => {
    const ages = (unaccompanied: number, minors = "20") =>
      [
        "indicator,reporter,period,citizenship,age_group,value",
        "ASY,AUT,2015-Q3,AFG,,100",
        "ASY,AUT,2015-Q3,AFG,Y_GE18,80",
      ]
        .concat(minors === "" ? [] : [`ASY,AUT,2015-Q3,AFG,Y0T17,${minors}`])
        .concat(
          `ASY,AUT,2015-Q3,AFG,Y0T17_UNACC,${unaccompanied}`,
          "ASY,AUT,2015-Q3,AFG,Y0T17_ACC,8",
        )
        .join("\n");
    expect([...(await above(ages(12))), ...(await below(ages(12)))]).toEqual([]);
    expect([...(await above(ages(5))), ...(await below(ages(5)))]).toEqual([]);
    expect(await above(ages(13))).toEqual([
      "4: Y0T17 × AFG is 20, and the parts by AGE_GROUP sum to 21. Correct the figure or one of its parts.",
    ]);
    expect(await above(ages(13, ""))).toEqual([
      expect.stringMatching(/^2: AFG is 100, .* sum to 101/),
    ]);
  });

  test("what cannot be read is missing, and of what stands twice the first counts", async () => {
    const { issues } = await check(
      `${header}\nFAC,AUT,2014,,,40\nFAC,AUT,2014,AFG,,4O\nFAC,AUT,2014,IRN,,11\nFAC,AUT,2014,IRN,,11`,
    );
    expect(issues.map(({ rule }) => rule).sort()).toEqual(["duplicate", "unreadable"]);
    expect(told("parts-above-whole", issues)).toEqual([]);
  });
});
