import type { Period } from "../../shared/period";
import { CONTROLS } from "../../shared/policy/terms";
import type { Figure } from "../../subgraphs/indicators/disclosure/cube";
import { tablesOf } from "../../subgraphs/indicators/release/release.service";
import { oneWay, twoWay } from "../support/statistics";

describe("a release of an indicator that protects citizens", () => {
  const period: Period = {
    code: "2015-Q1",
    frequency: "Q",
    start: "2015-01-01",
    end: "2015-04-01",
  };
  const [submittedAt, releasedAt] = [new Date(0), new Date(1)];
  const tables = (reported: readonly Figure[], countries: readonly string[]) =>
    tablesOf(
      {
        owner: "AUT",
        indicator: "ASY",
        period,
        submittedBy: "officer",
        submittedAt,
        approvedBy: "approver",
        releasedAt,
        figures: reported.map((figure) => ({ ...figure, sourceId: "source" })),
      },
      { protecting: new Set(["ASY"]), countries, secret: "secret" },
    );
  const cutFrom = async (parts: Record<string, number>) =>
    (await tables(oneWay(parts), ["AUT", "PAK"])).find(
      ({ audience, control }) => audience === "PAK" && control === "NONE",
    );

  test("has a cut for every country but its owner, and no table by citizenship that is not cut", async () => {
    const made = await tables(oneWay({ AFG: 100, PAK: 200 }), ["AUT", "PAK", "IRN"]);
    const byCitizenship = made.filter(({ dimensions }) => dimensions.length > 0);
    const audiences = byCitizenship.map(
      ({ control, audience, cut }) => `${control} ${audience} ${cut}`,
    );
    const expected = CONTROLS.flatMap((control) =>
      ["null", "PAK", "IRN"].map((one) => `${control} ${one} true`),
    );
    expect(audiences.sort()).toEqual(expected.sort());
    expect(made.filter(({ dimensions, cut }) => dimensions.length === 0 && cut)).toEqual([]);
  });

  test("withholds the country's own key whether or not it was reported", async () => {
    const reports: Record<string, number>[] = [
      { AFG: 100, PAK: 200, SYR: 300 },
      { AFG: 100, SYR: 300 },
    ];
    for (const parts of reports) {
      const { keys = [], statuses = [], values = [] } = (await cutFrom(parts)) ?? {};
      const at = keys.indexOf("PAK");
      expect([statuses[at], values[at]]).toEqual(["X", null]);
    }
  });

  test("does not tell by the place of the own key whether it was reported", async () => {
    const [reported, added] = [
      await cutFrom({ AFG: 100, PAK: 200, SYR: 300 }),
      await cutFrom({ AFG: 100, SYR: 300 }),
    ];
    expect(added?.keys).toEqual(reported?.keys);
  });

  test("is not open to countries that join later, even where none had joined before", async () => {
    const made = await tables(oneWay({ AFG: 100, PAK: 200 }), []);
    expect(made.filter(({ dimensions, cut }) => dimensions.length > 0 && !cut)).toEqual([]);
  });

  test("does not tell by the keys of a table that is not shown whose nationals are in it", async () => {
    const made = await tables(twoWay({ AFG: [3, 0], IRN: [0, 4], PAK: [2, 1] }), [
      "AUT",
      "PAK",
      "SYR",
    ]);
    const hidden = made.filter(
      ({ control, dimensions, values }) =>
        control === "SUPPRESSION" &&
        dimensions.length > 1 &&
        values.every((value) => value === null),
    );
    expect(hidden.map(({ audience, keys }) => [audience, keys.length])).toEqual([
      ["PAK", 0],
      ["SYR", 0],
    ]);
  });
});
