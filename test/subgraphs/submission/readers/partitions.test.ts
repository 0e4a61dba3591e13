/** Figures of a file that is longer than memory: set aside by report, and found again whole. */
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import type { SubmittedFigure } from "../../../../subgraphs/indicators/submission/figure";
import {
  loadMappings,
  type Mapping,
} from "../../../../subgraphs/indicators/submission/readers/mapping";
import { Partitions } from "../../../../subgraphs/indicators/submission/readers/partitions";

const FILE = "figures.csv";
const LONG = loadMappings().get("accord-long") as Mapping;

function figure(
  line: number,
  period: string,
  more: Partial<SubmittedFigure> = {},
): SubmittedFigure {
  return {
    origin: { file: FILE, line, column: 4, path: [] },
    indicator: "ASY",
    reporter: "AUT",
    period,
    dimensions: ["CITIZENSHIP"],
    key: ["AFG"],
    value: line,
    status: "A",
    unit: null,
    isLowerBound: false,
    written: String(line),
    ...more,
  };
}

async function partitionsOf(
  figures: readonly SubmittedFigure[],
  mapping = LONG,
): Promise<SubmittedFigure[][]> {
  const partitions = new Partitions(FILE, mapping);
  for (const one of figures) await partitions.put(one);
  const found: SubmittedFigure[][] = [];
  for await (const partition of partitions.all()) found.push([...partition]);
  await partitions.remove();
  return found;
}

const onDisk = () => readdirSync(tmpdir()).filter((name) => name.startsWith("accord-"));
const PERIODS = ["2014", "2014-Q1", "2014-Q2", "2015-Q1"];

test("come back as they were, also from the disk, and leave nothing there", async () => {
  const figures = Array.from({ length: 4_000 }, (_, at) =>
    figure(at + 1, PERIODS[at % 4] as string),
  );
  const partitions = new Partitions(FILE, LONG);
  const before = onDisk();
  for (const one of figures) await partitions.put(one);
  expect(onDisk().length).toBeGreaterThan(before.length);
  const found: SubmittedFigure[] = [];
  for await (const partition of partitions.all()) found.push(...partition);
  expect(found.sort((one, other) => Number(one.origin.line) - Number(other.origin.line))).toEqual(
    figures,
  );
  expect(partitions.size).toBe(4_000);
  await partitions.remove();
  expect(onDisk().filter((name) => !before.includes(name))).toEqual([]);
});

test("however the file is sorted, a report is one partition in the order of its lines, and the partitions have one order", async () => {
  const figures = Array.from({ length: 40 }, (_, at) => figure(at + 1, PERIODS[at % 4] as string));
  const mixed = await partitionsOf(figures);
  const sorted = await partitionsOf(
    [...figures].sort((one, other) => other.period.localeCompare(one.period)),
  );
  expect(mixed).toEqual(sorted);
  expect(mixed.map((partition) => new Set(partition.map(({ period }) => period)).size)).toEqual([
    1, 1, 1, 1,
  ]);
  expect(mixed.map((partition) => partition.length)).toEqual([10, 10, 10, 10]);
});

test("the months of a quarter are one partition, and a year to date is one", async () => {
  const months = ["2015-07", "2015-10", "2015-08", "2015-09"].map((period, at) =>
    figure(at + 1, period),
  );
  expect((await partitionsOf(months)).map((partition) => partition.length).sort()).toEqual([1, 3]);
  const quarters = ["2015-Q1", "2015-Q4", "2016-Q1"].map((period, at) => figure(at + 1, period));
  const toDate = await partitionsOf(quarters, { ...LONG, yearToDate: true });
  expect(toDate.map((partition) => partition.length).sort()).toEqual([1, 2]);
});

test("what cannot be read stays unreadable, and nothing stays nothing", async () => {
  const [found] = await partitionsOf([
    figure(1, "2015", { value: Number.NaN }),
    figure(2, "2015", { value: null }),
  ]);
  expect(found?.map(({ value }) => value)).toEqual([Number.NaN, null]);
});

test("more figures of one report than any country has are refused, and not gathered", async () => {
  const partitions = new Partitions(FILE, LONG);
  const put = async () => {
    for (let line = 1; line <= 200_001; line++) await partitions.put(figure(line, "2015"));
  };
  await expect(put()).rejects.toThrow(
    "figures.csv has more than 200000 figures of one indicator and period.",
  );
  await partitions.remove();
});
