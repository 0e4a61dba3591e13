import type DataLoader from "dataloader";
import type { Loaders as CatalogueLoaders } from "../catalogue/loaders";
import type { LatestKey } from "./latest.loader";
import type { Version, VersionsKey } from "./revision.loader";
import type { CountryIndicator } from "./series.type";

/** What everything that reads figures has at hand; it lives as long as the request. */
export interface Loaders extends CatalogueLoaders {
  readonly latest: DataLoader<LatestKey, CountryIndicator[], string>;
  /** Every version of a country's tables in one breakdown. */
  readonly versions: DataLoader<VersionsKey, Version[], string>;
}
