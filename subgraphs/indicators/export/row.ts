/** One cell as it is taken along: what is shown, why something is not, and how far it may go. Pure, like this folder. */
export interface ExportRow {
  reporter: string;
  indicator: string;
  /** What is counted in this table, which need not be the indicator's own unit. */
  unit: string;
  period: string;
  /** One code a dimension of the export; empty where the breakdown itself is withheld. */
  key: readonly string[];
  value: number | null;
  status: string;
  /** The reason, where the status is WITHHELD or EMBARGOED. */
  withheld: string;
  /** `TLP:AMBER H1`; empty of one's own data. */
  marking: string;
  attribution: string;
}

/** An export: its rows, what they are broken down by, and what has to be said beside them. */
export interface ExportTable {
  dimensions: readonly string[];
  rows: readonly ExportRow[];
  takenAt: string;
  takenBy: string;
}

/** A series as the graph answers with it, and the shield has let it pass. */
export interface GivenSeries {
  reporter: { code: string };
  indicator: {
    code: string;
    unit: string;
    cubes: readonly { dimensions: readonly string[]; unit: string }[];
  };
  breakdown: readonly { dimension: string; code: string }[] | null;
  periods: readonly string[];
  values: readonly (number | null)[] | null;
  statuses: readonly string[] | null;
  withheld: { reason: string } | null;
  marking: { label: string; handling: readonly string[] } | null;
  sources: readonly { attribution: string }[] | null;
}

const HIDDEN: ReadonlySet<string> = new Set(["WITHHELD", "EMBARGOED"]);

export function rowsOf(series: GivenSeries, dimensions: readonly string[]): ExportRow[] {
  const codes = new Map(series.breakdown?.map(({ dimension, code }) => [dimension, code]));
  const shared = {
    reporter: series.reporter.code,
    indicator: series.indicator.code,
    unit: unitOf(series.indicator, dimensions),
    key: dimensions.map((dimension) => codes.get(dimension) ?? ""),
    marking: series.marking ? [series.marking.label, ...series.marking.handling].join(" ") : "",
    attribution: [...new Set(series.sources?.map(({ attribution }) => attribution))].join("; "),
  };
  return series.periods.map((period, at) => {
    const status = series.statuses?.[at] ?? "WITHHELD";
    const withheld = HIDDEN.has(status) ? (series.withheld?.reason ?? "") : "";
    return { ...shared, period, value: series.values?.[at] ?? null, status, withheld };
  });
}

function unitOf({ unit, cubes }: GivenSeries["indicator"], dimensions: readonly string[]): string {
  const name = [...dimensions].sort().join();
  return cubes.find((cube) => [...cube.dimensions].sort().join() === name)?.unit ?? unit;
}
