import DataLoader from "dataloader";
import type { RequestContext } from "../../shared/graphql/context";
import { Arguments } from "./arguments";
import type { Catalogue } from "./catalogue";
import { type LatestKey, latestOf } from "./latest.loader";
import type { CountryIndicator } from "./series.type";

/** What this room adds to a request: the public code lists, and loaders that live as long as the request. */
export interface Room {
  readonly catalogue: Catalogue;
  readonly understood: Arguments;
  readonly latest: DataLoader<LatestKey, CountryIndicator[], string>;
}

export function furnish(catalogue: Catalogue): (context: RequestContext<Room>) => Room {
  const understood = new Arguments(catalogue);
  return (context) => ({
    catalogue,
    understood,
    latest: new DataLoader((keys) => latestOf(context, keys), {
      cacheKeyFn: ({ country, from, to }) => `${country}/${from}/${to}`,
    }),
  });
}
