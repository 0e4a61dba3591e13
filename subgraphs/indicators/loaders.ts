import DataLoader from "dataloader";
import type { RequestContext } from "../../shared/graphql/context";
import { Arguments } from "./catalogue/arguments";
import type { Catalogue } from "./catalogue/catalogue";
import { readFigures, type StoredFigure } from "./reports/report.queries";
import { type LatestKey, latestOf } from "./series/latest.loader";
import { type Version, type VersionsKey, versionsOf } from "./series/revision.loader";
import type { CountryIndicator } from "./series/series.type";

/** What this subgraph adds to a request: the public code lists, and loaders that live as long as the request. */
export interface Loaders {
  readonly catalogue: Catalogue;
  readonly understood: Arguments;
  readonly latest: DataLoader<LatestKey, CountryIndicator[], string>;
  /** Every version of a country's tables in one breakdown. */
  readonly versions: DataLoader<VersionsKey, Version[], string>;
  /** The exact figures of a report of the reader's own, by its id. */
  readonly figures: DataLoader<string, StoredFigure[]>;
}

export function createLoaders(catalogue: Catalogue): (context: RequestContext<Loaders>) => Loaders {
  const understood = new Arguments(catalogue);
  return (context) => ({
    catalogue,
    understood,
    latest: new DataLoader((keys) => latestOf(context, keys), {
      cacheKeyFn: ({ country, from, to }) => `${country}/${from}/${to}`,
    }),
    versions: new DataLoader((keys) => versionsOf(context, keys), {
      cacheKeyFn: (key) => JSON.stringify(key),
    }),
    figures: new DataLoader(async (ids) => {
      const found = await context.read((manager) => readFigures(manager, ids));
      return ids.map((id) => found.get(id) ?? []);
    }),
  });
}
