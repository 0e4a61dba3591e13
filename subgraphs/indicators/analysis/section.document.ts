import type { Block, Table } from "../../../shared/document/document";
import { drawBars } from "./chart";
import type { IndicatorSection, TopTen } from "./section.type";
import * as words from "./words";

type NameOf = (country: string) => string;

/** One indicator: its definition, a chart with its table, the largest citizenships of each reporter. */
export async function blocksOfSection(
  section: IndicatorSection,
  { year, cleared, nameOf }: { year: number; cleared: boolean; nameOf: NameOf },
): Promise<Block[]> {
  const { name, definition, unit, caveat } = section.indicator;
  const head: Block[] = [
    { kind: "heading", level: 2, text: name },
    { kind: "paragraph", text: `${definition} Unit: ${unit.toLowerCase()}. ${caveat}` },
  ];
  if (section.reporters.length === 0) {
    const none = `Nothing has been released for ${year} or ${year - 1}.`;
    return [
      ...head,
      { kind: "paragraph", text: cleared ? "Nothing of this has been cleared for you." : none },
    ];
  }
  return [
    ...head,
    {
      kind: "figure",
      svg: await chartOf(section, year, nameOf),
      alt: `Bars: ${name}, ${unit.toLowerCase()}, by reporting country, ${year - 1} and ${year}. The table below says the same.`,
      table: reportersTable(section, year, nameOf),
    },
    ...sumOf(section, year, nameOf),
    ...quartersOf(section, year, nameOf),
    ...section.topTens.map(
      (one): Block => ({ kind: "table", table: topTenTable(one, name, year, nameOf) }),
    ),
  ];
}

function chartOf(
  { indicator, reporters }: IndicatorSection,
  year: number,
  nameOf: NameOf,
): Promise<string> {
  const names = reporters.map(({ reporter }) => nameOf(reporter.code));
  return drawBars({
    title: `${indicator.name} (${indicator.unit.toLowerCase()})`,
    names,
    series: [
      { name: `${year - 1}`, values: reporters.map(({ previous }) => previous) },
      { name: `${year}`, values: reporters.map(({ value }) => value) },
    ],
    reasons: new Map(
      reporters.flatMap(({ value, status }, at) =>
        value === null ? [[names[at] as string, words.missing(status)]] : [],
      ),
    ),
  });
}

function reportersTable(
  { indicator, reporters }: IndicatorSection,
  year: number,
  nameOf: NameOf,
): Table {
  return {
    caption: `${indicator.name} by reporting country, ${indicator.unit.toLowerCase()}`,
    columns: [
      { title: "Country" },
      ...[`${year}`, `${year - 1}`, "Change", "Change, %", "Share of the sum"].map((title) => ({
        title,
        numeric: true,
      })),
      { title: "Highest share" },
      { title: "Released" },
      { title: "Source" },
    ],
    rows: reporters.map((row) => [
      nameOf(row.reporter.code),
      words.figure(row.value, row.status),
      words.figure(row.previous, row.previousStatus),
      words.difference(row.change),
      words.change(row.changePercent),
      words.share(row.share),
      row.highestShare
        ? `${row.highestShare.citizenship.name} ${words.share(row.highestShare.share)}`
        : "–",
      words.released(row.vintage, row.previousVintage, year),
      words.publishers(row.sources),
    ]),
  };
}

function sumOf({ sum, indicator }: IndicatorSection, year: number, nameOf: NameOf): Block[] {
  if (sum.value === null) return [];
  const list = (codes: readonly { code: string }[]) =>
    codes.map(({ code }) => nameOf(code)).join(", ");
  const out = sum.leftOut.length === 0 ? "" : ` Left out: ${list(sum.leftOut)}.`;
  const text = `Sum of ${list(sum.included)}: ${words.count(sum.value)} ${indicator.unit.toLowerCase()} in ${year}, ${words.count(sum.previous)} in ${year - 1} (${words.change(sum.changePercent)})${words.remark(sum.status)}.${out}`;
  return [{ kind: "paragraph", text }];
}

function quartersOf(
  { indicator, reporters }: IndicatorSection,
  year: number,
  nameOf: NameOf,
): Block[] {
  const rows = reporters.filter(({ quarterStatuses }) =>
    quarterStatuses.some((status) => status !== "NOT_REPORTED"),
  );
  if (rows.length === 0) return [];
  const table: Table = {
    caption: `${indicator.name} by quarter of ${year}, ${indicator.unit.toLowerCase()}`,
    columns: [
      { title: "Country" },
      ...[1, 2, 3, 4].map((quarter) => ({ title: `Q${quarter}`, numeric: true })),
      { title: "Released" },
      { title: "Source" },
    ],
    rows: rows.map(({ reporter, quarters, quarterStatuses, vintage, sources }) => [
      nameOf(reporter.code),
      ...quarters.map((value, at) =>
        words.figure(value, quarterStatuses[at] as (typeof quarterStatuses)[number]),
      ),
      words.day(vintage),
      words.publishers(sources),
    ]),
  };
  return [{ kind: "table", table }];
}

function topTenTable(
  { reporter, rows, others, othersStatus, vintage, sources }: TopTen,
  name: string,
  year: number,
  nameOf: NameOf,
): Table {
  return {
    caption: `${name}, ${nameOf(reporter.code)}: largest citizenships that are shown, ${year}. Released ${words.day(vintage)}, source: ${words.publishers(sources)}`,
    columns: [
      { title: "Citizenship" },
      ...[`${year}`, "Share", `${year - 1}`, "Change", "Change, %"].map((title) => ({
        title,
        numeric: true,
      })),
    ],
    rows: [
      ...rows.map((row) => [
        row.citizenship.name,
        words.count(row.value),
        words.share(row.share),
        words.figure(row.previous, row.previousStatus),
        words.difference(row.change),
        words.change(row.changePercent),
      ]),
      ["Others", words.figure(others, othersStatus), "–", "–", "–", "–"],
    ],
  };
}
