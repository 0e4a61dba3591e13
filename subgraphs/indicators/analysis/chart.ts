import type { BarSeriesOption, EChartsOption } from "echarts";

export interface Bars {
  /** What the bars count, with the unit. */
  title: string;
  names: readonly string[];
  /** Oldest first; null where there is no value to show. */
  series: readonly { name: string; values: readonly (number | null)[] }[];
  /** Why there is none, by name, where it is withheld, suppressed or missing. */
  reasons: ReadonlyMap<string, string>;
}

const WIDTH = 760;
const ROW = 34;
const COLOURS = ["#9aa7b5", "#1f3a5f", "#8a6d00", "#3f6b4f"];

/** Tells that something is there that is not shown, without a height that could be taken for a value. */
const HIDDEN: BarSeriesOption["itemStyle"] = {
  color: "#ffffff",
  borderColor: "#6b7785",
  decal: {
    symbol: "rect",
    color: "#6b7785",
    dashArrayX: [1, 0],
    dashArrayY: [2, 4],
    rotation: -Math.PI / 4,
  },
};

/**
 * Drawn on the server, without a script in it, patterns beside colours. ECharts is loaded when the first chart is drawn: only
 * who takes a document along waits for it.
 */
export async function drawBars(bars: Bars): Promise<string> {
  const { init } = await import("echarts");
  const height = 80 + bars.names.length * ROW;
  const chart = init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height });
  try {
    chart.setOption(optionsOf(bars));
    return renamed(chart.renderToSVGString());
  } finally {
    chart.dispose();
  }
}

const NAME = /\bzr\d+-([a-z]+-?)\d+\b/g;

/** ECharts counts charts and styles of the whole process: left in a document, they would tell how much others have drawn. */
function renamed(svg: string): string {
  const places = new Map<string, number>();
  return svg.replace(NAME, (name, kind) => {
    const place = places.get(name) ?? places.size;
    places.set(name, place);
    return `zr-${kind}${place}`;
  });
}

function optionsOf({ title, names, series, reasons }: Bars): EChartsOption {
  const most = Math.max(1, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  return {
    animation: false,
    color: COLOURS,
    aria: { enabled: true, decal: { show: true } },
    textStyle: { fontFamily: "Noto Sans, sans-serif", color: "#1d2733" },
    title: { text: title, left: 0, textStyle: { fontSize: 13 } },
    legend: { top: 0, right: 40 },
    grid: { left: 180, right: 40, top: 36, bottom: 30 },
    xAxis: { type: "value" },
    yAxis: { type: "category", inverse: true, data: [...names] },
    series: series.map(({ name, values }, at) => ({
      type: "bar" as const,
      name,
      data: values.map((value, row) =>
        value === null
          ? placeholder(
              at === series.length - 1 ? reasons.get(names[row] as string) : undefined,
              most,
            )
          : value,
      ),
    })),
  };
}

/** As wide for whatever is hidden. Nothing where there is nothing to say. */
function placeholder(reason: string | undefined, most: number) {
  if (reason === undefined) return "-";
  return {
    value: most * 0.04,
    itemStyle: HIDDEN,
    label: { show: true, position: "right" as const, formatter: reason },
  };
}
