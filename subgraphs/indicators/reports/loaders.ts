import type DataLoader from "dataloader";
import type { Loaders as SeriesLoaders } from "../series/loaders";
import type { StoredFigure } from "./report.queries";

/** What a country's own reports need besides. */
export interface Loaders extends SeriesLoaders {
  /** The exact figures of a report of the reader's own, by its id. */
  readonly figures: DataLoader<string, StoredFigure[]>;
}
