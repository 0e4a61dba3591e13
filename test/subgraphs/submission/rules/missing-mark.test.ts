import { validate } from "../../../../subgraphs/indicators/submission/validate";
import { CONTEXT, checkFile, said, told } from "./check";

test("each mark once, with how often it stood and what it was taken for", async () => {
  const values = [":", "*", ":", ".", "n.a.", "", "0", "12"];
  const codes = ["AFG", "IRN", "IRQ", "SYR", "PAK", "BGD", "TUR", "AZE"];
  expect(
    await said(
      "missing-mark",
      codes.map((code, at) => `ASY,AUT,2015-Q3,${code},${values[at]},`).join("\n"),
    ),
  ).toEqual([
    '2: ":" in 2 places was understood as O (not available). If there were none, write 0.',
    '3: "*" in one place was understood as Q (suppressed). If there were none, write 0.',
    '5: "." in one place was understood as M (cannot exist). If there were none, write 0.',
    '6: "n.a." in one place was understood as O (not available). If there were none, write 0.',
    "7: A blank in one place was understood as O (not available). If there were none, write 0.",
  ]);
});

test("Eurostat's colons; what comes through the API has no marks", async () => {
  const { read, issues } = await checkFile(
    "eurostat_bulk_migr_eiord_latin1_excerpt.csv",
    "eurostat-eiord-bulk",
  );
  const colons = read.filter(({ written }) => written === ":").length;
  expect(colons).toBeGreaterThan(2);
  expect(told("missing-mark", issues)).toEqual([
    expect.stringContaining(`":" in ${colons} places`),
  ]);
  const sent = read.map((figure, at) => ({
    ...figure,
    origin: { file: null, line: null, column: null, path: ["input", `${at}`] },
  }));
  expect(told("missing-mark", validate(sent, CONTEXT).issues)).toEqual([]);
});
