import "reflect-metadata";
import { DataSource } from "typeorm";
import { Sharing1764000000001 } from "./1-sharing";
import { Indicators1764000000002 } from "./2-indicators";
import { Countries1764000000003 } from "./3-countries";
import { ReferenceData1764000000004 } from "./4-reference-data";
import { AgreementLife1764000000005 } from "./5-agreement-life";
import { DisclosureLog1764000000006 } from "./6-disclosure-log";
import { Reports1764000000007 } from "./7-reports";
import { Alerts1764000000008 } from "./8-alerts";
import { Cooperation1764000000010 } from "./10-cooperation";
import { Community1764000000011 } from "./11-community";
import { Disclosure1764000000012 } from "./12-disclosure";
import { Analysis1764000000013 } from "./13-analysis";
import { FeedCursors1764000000014 } from "./14-feed-cursors";
import { OneForm1764000000015 } from "./15-one-form";
import { ClearedViewers1764000000016 } from "./16-cleared-viewers";
import { CheapPlans1764000000017 } from "./17-cheap-plans";
import { LogPages1764000000018 } from "./18-log-pages";
import { Refusals1764000000019 } from "./19-refusals";
import { AlertOrigins1764000000029 } from "./29-alert-origins";
import { Unreached1764000000030 } from "./30-unreached";
import { NewsFeeds1764000000031 } from "./31-news-feeds";
import { PartnerKinds1764000000032 } from "./32-partner-kinds";

/** One timeline, in order. */
const MIGRATIONS = [
  Sharing1764000000001,
  Indicators1764000000002,
  Countries1764000000003,
  ReferenceData1764000000004,
  AgreementLife1764000000005,
  DisclosureLog1764000000006,
  Reports1764000000007,
  Alerts1764000000008,
  Cooperation1764000000010,
  Community1764000000011,
  Disclosure1764000000012,
  Analysis1764000000013,
  FeedCursors1764000000014,
  OneForm1764000000015,
  ClearedViewers1764000000016,
  CheapPlans1764000000017,
  LogPages1764000000018,
  Refusals1764000000019,
  AlertOrigins1764000000029,
  Unreached1764000000030,
  NewsFeeds1764000000031,
  PartnerKinds1764000000032,
];

/** Any number; two processes that migrate one database at once take turns by it. */
const MIGRATION_LOCK = 7_206_731;

/** Connects as the owner of the tables. Only migrations and the demo loader do; no subgraph ever does. */
export async function openAsOwner(url: string): Promise<DataSource> {
  const dataSource = new DataSource({
    type: "postgres",
    url,
    applicationName: "accord_migrations",
    installExtensions: false,
    synchronize: false,
    migrations: MIGRATIONS,
    migrationsTableName: "accord_migration",
    migrationsTransactionMode: "each",
  });
  return dataSource.initialize();
}

/** Brings a database up to date; names the migrations that ran. */
export async function migrate(url: string): Promise<string[]> {
  const dataSource = await openAsOwner(url);
  const lock = dataSource.createQueryRunner();
  try {
    await lock.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
    const ran = await dataSource.runMigrations();
    return ran.map(({ name }) => name);
  } finally {
    await lock.release();
    await dataSource.destroy();
  }
}

const ROLES = ["countries", "indicators", "sharing", "alerts", "cooperation", "sealer"].map(
  (role) => `accord_${role}`,
);

export async function letSubgraphsSignIn(url: string, password: string): Promise<void> {
  const dataSource = await openAsOwner(url);
  try {
    const [{ literal }] = await dataSource.query("SELECT quote_literal($1) AS literal", [password]);
    for (const role of ROLES)
      await dataSource.query(`ALTER ROLE ${role} LOGIN PASSWORD ${literal}`);
  } finally {
    await dataSource.destroy();
  }
}
