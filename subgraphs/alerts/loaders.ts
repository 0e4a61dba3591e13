import DataLoader from "dataloader";
import type { RequestContext } from "../../shared/graphql/context";
import { grouped } from "../../shared/grouped";
import { type DeliveryRow, readDeliveries } from "./delivery/delivery.queries";
import type { OutboxListener } from "./delivery/outbox.listener";
import type { WebhookRules } from "./endpoints/webhook.rules";
import { toAlert } from "./messages/alert.mapping";
import { readByIdentifier } from "./messages/alert.queries";
import type { Alert } from "./messages/alert.type";

/** What lives as long as the subgraph and not as a request. */
export interface Fixtures {
  readonly outbox: OutboxListener;
  readonly webhooks: WebhookRules;
}

/** What this subgraph adds to a request. */
export interface Loaders extends Fixtures {
  /** A message as the viewer may see it; null where there is none for it, whatever the reason. */
  readonly alert: DataLoader<string, Alert | null>;
  readonly deliveries: DataLoader<string, DeliveryRow[]>;
}

export function createLoaders(context: RequestContext<Loaders>, fixtures: Fixtures): Loaders {
  return {
    ...fixtures,
    alert: new DataLoader(
      async (identifiers) => {
        const rows = await context.read((manager) =>
          readByIdentifier(manager, context, identifiers),
        );
        const found = new Map(rows.map((row) => [row.identifier, toAlert(row, context.viewer)]));
        return identifiers.map((identifier) => found.get(identifier) ?? null);
      },
      { cache: false },
    ),
    deliveries: new DataLoader(async (identifiers) => {
      const rows = await context.read((manager) => readDeliveries(manager, identifiers));
      const found = grouped(rows, ({ identifier }) => identifier);
      return identifiers.map((identifier) => found.get(identifier) ?? []);
    }),
  };
}
