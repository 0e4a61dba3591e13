import type { Block, Table } from "../../../shared/document/document";
import type { Given } from "./analysis.document";
import * as words from "./words";

type Contents = Given["contents"];
type NameOf = (country: string) => string;

const NOTHING: Block = { kind: "paragraph", text: "Nothing of this is shown to you." };
const tableOr = (table: Table): Block[] =>
  table.rows.length === 0 ? [NOTHING] : [{ kind: "table", table }];
const numeric = (title: string) => ({ title, numeric: true });

export function coverage({ coverage: rows }: Contents, nameOf: NameOf): Block[] {
  return tableOr({
    caption: "Reports by country, indicator and period",
    columns: [
      { title: "Country" },
      { title: "Indicator" },
      ...(rows[0]?.periods ?? []).map((title) => ({ title })),
    ],
    rows: rows.map((row) => [
      nameOf(row.reporter.code),
      row.indicator.code,
      ...row.states.map((state) => words.COVERAGE[state]),
    ]),
  });
}

export function borders({ borders: rows }: Contents, nameOf: NameOf): Block[] {
  return tableOr({
    caption: "Detections of illegal border-crossing by border section and direction",
    columns: [
      { title: "Border section" },
      { title: "Reported by" },
      { title: "Direction" },
      ...(rows[0]?.periods ?? []).map(numeric),
      { title: "Released" },
      { title: "Source" },
    ],
    rows: rows.map((row) => [
      row.section.name,
      nameOf(row.reporter.code),
      row.direction.toLowerCase(),
      ...row.values.map((value, at) =>
        words.figure(value, row.statuses[at] as (typeof row.statuses)[number]),
      ),
      words.day(row.vintage),
      words.publishers(row.sources),
    ]),
  });
}

export function mirrors({ mirrors: rows }: Contents, nameOf: NameOf): Block[] {
  return tableOr({
    caption: "Detections on entry beside those of the neighbour on exit",
    columns: [
      { title: "Border section" },
      { title: "Quarter" },
      { title: "Into" },
      { title: "From" },
      numeric("Entries"),
      numeric("Exits"),
      numeric("Log ratio"),
      { title: "Remark" },
      { title: "Released" },
      { title: "Source" },
    ],
    rows: rows.map((row) => [
      row.section.name,
      row.period,
      nameOf(row.into.code),
      nameOf(row.from.code),
      words.count(row.entries),
      words.count(row.exits),
      words.mean(row.logRatio),
      row.flagged ? "worth asking: twice running" : "–",
      words.day(row.vintage),
      words.publishers(row.sources),
    ]),
  });
}

export function quality({ quality: rows }: Contents, nameOf: NameOf): Block[] {
  return tableOr({
    caption: "Timeliness and quality, means over the year",
    columns: [
      { title: "Country" },
      { title: "Indicator" },
      numeric("Days after the period"),
      numeric("Days late"),
      numeric("Complete"),
      numeric("Citizenship unknown"),
      numeric("Mean revision"),
    ],
    rows: rows.map((row) => [
      nameOf(row.reporter.code),
      row.indicator.code,
      words.mean(row.timelinessDays),
      words.mean(row.punctualityDays),
      words.share(row.completeness),
      `${words.share(row.shareUnknown)}${(row.shareUnknown ?? 0) > 0.1 ? " (high)" : ""}`,
      words.mean(row.meanAbsoluteRevision),
    ]),
  });
}

export function definitions({ definitions: rows }: Contents, nameOf: NameOf): Block[] {
  if (rows.length === 0)
    return [
      { kind: "paragraph", text: "No total that is shown has a break or another definition." },
    ];
  const table: Table = {
    caption: "Totals that are not comparable as they stand",
    columns: [{ title: "Country" }, { title: "Indicator" }, { title: "Period" }, { title: "Why" }],
    rows: rows.map(({ reporter, indicator, period, status }) => [
      nameOf(reporter.code),
      indicator.code,
      period,
      status === "BREAK" ? "break with the period before" : "counted by another definition",
    ]),
  };
  return [{ kind: "table", table }];
}

export function sources({ sections, borders: sides, mirrors: pairs }: Contents): Block[] {
  const rows = [
    ...sections.flatMap(({ reporters, topTens }) => [...reporters, ...topTens]),
    ...sides,
    ...pairs,
  ];
  const items = [
    ...new Set(rows.flatMap((row) => row.sources.map(({ attribution }) => attribution))),
  ].sort();
  return items.length === 0 ? [] : [{ kind: "list", items }];
}

export function markings({ markings: rows }: Contents, nameOf: NameOf): Block[] {
  if (rows.length === 0) return [];
  const table: Table = {
    caption: "How each owner's figures may be used further",
    columns: [{ title: "Owner" }, { title: "Marking" }, { title: "Handling" }],
    rows: rows.map(({ originator, label, handling }) => [
      nameOf(originator),
      label,
      handling.join(", ") || "–",
    ]),
  };
  return [{ kind: "table", table }];
}
