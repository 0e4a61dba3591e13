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
  /** What the parts are parts by: usually one dimension, more where no table between the two is reported. */
  readonly dimensions: readonly string[];
  /** Index of the figure that is the total of this line. */
  readonly total: number;
  /** Indices of its parts in one table. */
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

/** Every total with its parts in each finer table, but for what follows from the tables between the two. */
export function linesOf(figures: readonly Figure[]): Line[] {
  const byAddress = new Map(figures.map((figure, index) => [addressOf(figure), index]));
  const tables = tablesIn(figures);
  return tables.flatMap((coarse) =>
    tables
      .filter(
        (fine) =>
          isWithin(coarse, fine) &&
          !tables.some((between) => stands(coarse, between, fine, byAddress)),
      )
      .flatMap((fine) => linesBetween(coarse, fine, figures, byAddress)),
  );
}

interface Table {
  readonly dimensions: readonly string[];
  readonly cells: readonly number[];
  readonly figures: readonly Figure[];
}

function tablesIn(figures: readonly Figure[]): Table[] {
  const tables = new Map<string, Table & { cells: number[] }>();
  figures.forEach(({ dimensions }, index) => {
    const table = tables.get(dimensions.join()) ?? { dimensions, cells: [], figures };
    table.cells.push(index);
    tables.set(dimensions.join(), table);
  });
  return [...tables.values()];
}

function isWithin(coarse: Table, fine: Table): boolean {
  return (
    coarse.dimensions.length < fine.dimensions.length &&
    coarse.dimensions.every((dimension) => fine.dimensions.includes(dimension))
  );
}

/** Whether every cell of the fine table has its total in the one between. */
function stands(
  coarse: Table,
  between: Table,
  fine: Table,
  byAddress: ReadonlyMap<string, number>,
): boolean {
  if (!isWithin(coarse, between) || !isWithin(between, fine)) return false;
  return fine.cells.every((cell) =>
    byAddress.has(addressIn(between, fine.figures[cell] as Figure)),
  );
}

function linesBetween(
  coarse: Table,
  fine: Table,
  figures: readonly Figure[],
  byAddress: ReadonlyMap<string, number>,
): Line[] {
  const dimensions = fine.dimensions.filter((dimension) => !coarse.dimensions.includes(dimension));
  const lines = new Map<number, number[]>();
  for (const cell of fine.cells) {
    const total = byAddress.get(addressIn(coarse, figures[cell] as Figure));
    if (total === undefined) continue;
    const parts = lines.get(total);
    if (parts) parts.push(cell);
    else lines.set(total, [cell]);
  }
  return [...lines].map(([total, parts]) => ({ dimensions, total, parts }));
}

/** Where a figure stands in a coarser table. */
function addressIn({ dimensions }: Table, figure: Figure): string {
  return address(
    dimensions,
    dimensions.map((dimension) => codeOf(figure, dimension) as string),
  );
}

function address(dimensions: readonly string[], key: readonly string[]): string {
  return dimensions.map((dimension, at) => `${dimension}=${key[at]}`).join("|");
}

/** Tells one figure from every other of its report, and finds it again in another version. */
export function addressOf({ dimensions, key }: Pick<Figure, "dimensions" | "key">): string {
  return address(dimensions, key);
}

export function codeOf(figure: Figure, dimension: string): string | undefined {
  const at = figure.dimensions.indexOf(dimension);
  return at === -1 ? undefined : figure.key[at];
}
