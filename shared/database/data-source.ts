import { DataSource, type EntitySchema, type MixedList } from "typeorm";

export interface DatabaseOptions {
  url: string;
  /** The room's own role; never the owner of the tables. */
  role: "accord_countries" | "accord_indicators" | "accord_sharing";
  // biome-ignore lint/complexity/noBannedTypes: TypeORM's own type for a list of entity classes
  entities: MixedList<Function | string | EntitySchema>;
  poolSize?: number;
}

/**
 * A room's connections. The role is set when a connection starts, so that row-level security holds for every statement
 * from the first; a session that could bypass it is refused rather than used.
 */
export async function openDatabase({ url, role, entities, poolSize = 10 }: DatabaseOptions): Promise<DataSource> {
  const dataSource = new DataSource({
    type: "postgres",
    url,
    entities,
    applicationName: role,
    installExtensions: false,
    synchronize: false,
    migrationsRun: false,
    poolSize,
    extra: { options: `-c role=${role}`, idleTimeoutMillis: 30_000 },
    poolErrorHandler: () => undefined, // a broken idle connection is replaced; the query that needs it reports
  });
  await dataSource.initialize();
  await refuseBypass(dataSource, role);
  return dataSource;
}

async function refuseBypass(dataSource: DataSource, role: string): Promise<void> {
  const [row] = await dataSource.query(
    "SELECT current_user AS name, rolsuper OR rolbypassrls AS bypasses FROM pg_roles WHERE rolname = current_user",
  );
  if (row?.name === role && row.bypasses === false) return;
  await dataSource.destroy();
  throw new Error(`The database session does not run as ${role}: row-level security would not hold.`);
}
