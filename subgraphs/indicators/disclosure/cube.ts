/**
 * One report's figures as a lattice: every cell by its code in each dimension, `_T` where it is summed over. All tables
 * of a report are protected together, since a table with sex and citizenship tells about the one with citizenship alone.
 * Pure, like everything in this folder.
 */
export interface Figure {
  /** Sorted names of the dimensions the figure is broken down by. */
  readonly dimensions: readonly string[];
  /** One code a dimension. */
  readonly key: readonly string[];
  readonly value: number | null;
  /** SDMX CL_OBS_STATUS 2.2. */
  readonly status: string;
}

export interface Line {
  /** What the parts are parts by. */
  readonly dimension: string;
  /** Index of the figure that is the total of this line. */
  readonly total: number;
  /** Indices of its parts over one dimension. */
  readonly parts: readonly number[];
}

/** A figure as released: what stands in the table that others read. */
export interface ReleasedFigure {
  readonly value: number | null;
  /** CL_OBS_STATUS, or `X` for withheld (own nationals). */
  readonly status: string;
}

export const SUPPRESSED: ReleasedFigure = { value: null, status: "Q" };
export const WITHHELD: ReleasedFigure = { value: null, status: "X" };

/** Every total with its parts, over every dimension that some table has. */
export function linesOf(figures: readonly Figure[]): Line[] {
  const byAddress = new Map(figures.map((figure, index) => [address(figure.dimensions, figure.key), index]));
  const lines = new Map<string, Line & { parts: number[] }>();
  figures.forEach((figure, index) => {
    figure.dimensions.forEach((dimension, at) => {
      const above = address(
        figure.dimensions.filter((_, position) => position !== at),
        figure.key.filter((_, position) => position !== at),
      );
      const total = byAddress.get(above);
      if (total === undefined) return;
      const name = `${total}/${dimension}`;
      const line = lines.get(name) ?? { dimension, total, parts: [] };
      line.parts.push(index);
      lines.set(name, line);
    });
  });
  return [...lines.values()];
}

function address(dimensions: readonly string[], key: readonly string[]): string {
  return dimensions.map((dimension, at) => `${dimension}=${key[at]}`).join("|");
}

/** Tells one figure from every other of its report, and finds it again in another version. */
export function addressOf({ dimensions, key }: Figure): string {
  return address(dimensions, key);
}

export function codeOf(figure: Figure, dimension: string): string | undefined {
  const at = figure.dimensions.indexOf(dimension);
  return at === -1 ? undefined : figure.key[at];
}
