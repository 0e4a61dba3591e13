import type { KeyObject } from "node:crypto";
import type { Logger } from "pino";
import pino from "pino";
import type { SubgraphServer } from "../../shared/graphql/server";
import type { Viewer } from "../../shared/viewer/viewer";
import {
  newPassportKeys,
  type PassportOffice,
  passportControl,
  passportOffice,
} from "../../shared/viewer/viewer-assertion";
import { openAlerts } from "../../subgraphs/alerts/schema";
import { openCooperation } from "../../subgraphs/cooperation/schema";
import { openCountries } from "../../subgraphs/countries/schema";
import { openIndicators } from "../../subgraphs/indicators/schema";
import { openSharing } from "../../subgraphs/sharing/schema";

export interface Rooms {
  subgraphs: readonly SubgraphServer[];
  office: PassportOffice;
  key: KeyObject;
  logger: Logger;
  named(name: string): SubgraphServer;
  /** Asks one subgraph behind the gateway's back, as one who holds the gateway's key. */
  ask(
    room: string,
    viewer: Viewer | null,
    query: string,
    variables?: object,
  ): Promise<{ data?: any; errors?: any }>;
  stop(): Promise<void>;
}

/** The rooms with passport keys that the test holds: what the gateway alone can do, the test can do wrongly. */
export async function openRooms(databaseUrl: string): Promise<Rooms> {
  const { privateKey, publicKey } = newPassportKeys();
  const logger = pino({ level: process.env.TEST_LOG ?? "silent" });
  const office = passportOffice(privateKey);
  const room = {
    database: { url: databaseUrl, poolSize: 3 },
    control: (audience: string) => passportControl(publicKey, audience),
    logger,
  };
  const subgraphs = await Promise.all(
    [openAlerts, openCooperation, openCountries, openIndicators, openSharing].map((open) =>
      open(room),
    ),
  );
  const named = (name: string) => subgraphs.find((it) => it.name === name) as SubgraphServer;
  return {
    subgraphs,
    office,
    key: privateKey,
    logger,
    named,
    async ask(name, viewer, query, variables) {
      const body = JSON.stringify({ query, variables });
      const { result } = await named(name).answer(
        body,
        office.issue(name, body, { viewer, requestId: "test", channel: "GRAPHQL" }),
      );
      return result;
    },
    async stop() {
      await Promise.all(subgraphs.map((subgraph) => subgraph.stop()));
    },
  };
}
