import DataLoader from "dataloader";
import type { RequestContext } from "../../shared/graphql/context";
import { Arguments } from "./catalogue/arguments";
import type { Catalogue } from "./catalogue/catalogue";
import type { Loaders } from "./reports/loaders";
import { readFigures } from "./reports/report.queries";
import { latestOf } from "./series/latest.loader";
import { versionsOf } from "./series/revision.loader";

/** Makes what this subgraph adds to a request. */
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
