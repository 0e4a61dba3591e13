import DataLoader from "dataloader";
import type { RequestContext } from "../../shared/graphql/context";
import { readPartners } from "./agreement.queries";
import type { PartnerRecord } from "./partner.entity";

/** What this room adds to a request. */
export interface Room {
  readonly partner: DataLoader<string, PartnerRecord | null>;
}

export function furnish(context: RequestContext<Room>): Room {
  return {
    partner: new DataLoader(async (codes) => {
      const found = new Map((await context.read((m) => readPartners(m, codes))).map((row) => [row.code, row]));
      return codes.map((code) => found.get(code) ?? null);
    }),
  };
}
