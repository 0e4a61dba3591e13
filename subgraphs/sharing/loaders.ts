import DataLoader from "dataloader";
import type { RequestContext } from "../../shared/graphql/context";
import { readPartners, readTitles } from "./agreements/agreement.queries";
import type { PartnerRecord } from "./partners/partner.entity";

/** What this subgraph adds to a request. */
export interface Loaders {
  readonly partner: DataLoader<string, PartnerRecord | null>;
  /** Titles of agreements that name the reader; an id for any other. */
  readonly agreementTitle: DataLoader<string, string>;
}

export function createLoaders(context: RequestContext<Loaders>): Loaders {
  return {
    partner: new DataLoader(async (codes) => {
      const found = new Map(
        (await context.read((m) => readPartners(m, codes))).map((row) => [row.code, row]),
      );
      return codes.map((code) => found.get(code) ?? null);
    }),
    agreementTitle: new DataLoader(async (ids) => {
      const titles = await context.read((manager) => readTitles(manager, ids));
      return ids.map((id) => titles.get(id) ?? id);
    }),
  };
}
