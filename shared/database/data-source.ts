import { Client, type ClientConfig } from "pg";
import { DataSource, type EntitySchema, type MixedList } from "typeorm";

export interface DatabaseOptions {
  url: string;
  /** The subgraph's own role; never the owner of the tables. */
  role: `accord_${"countries" | "indicators" | "sharing" | "alerts" | "cooperation" | "sealer"}`;
  // biome-ignore lint/complexity/noBannedTypes: TypeORM's own type for a list of entity classes
  entities: MixedList<Function | string | EntitySchema>;
  poolSize?: number;
  /** Deployed: refuse a login that could leave its role, and a database that holds the demo world. */
  strict?: boolean;
}

const STATEMENT_TIMEOUT_MS = 5_000;

/**
 * A subgraph's connections. The role is set when a connection starts, so that row-level security holds for every statement
 * from the first; a session that could bypass it is refused rather than used.
 */
export async function openDatabase(options: DatabaseOptions): Promise<DataSource> {
  const { url, role, entities, poolSize = 10, strict = false } = options;
  const dataSource = new DataSource({
    type: "postgres",
    url,
    entities,
    applicationName: role,
    installExtensions: false,
    synchronize: false,
    migrationsRun: false,
    poolSize,
    extra: {
      // Compiling costs more than any statement here. Behind PgBouncer, which drops this, the role's own setting holds.
      options: `-c role=${role} -c statement_timeout=${STATEMENT_TIMEOUT_MS} -c jit=off`,
      idleTimeoutMillis: 30_000,
      Client: SturdyClient,
    },
    poolErrorHandler: () => undefined, // a broken idle connection is replaced; the query that needs it reports
  });
  await dataSource.initialize();
  const fault = await faultOf(dataSource, role, strict);
  if (fault === null) return dataSource;
  await dataSource.destroy();
  throw new Error(fault);
}

/**
 * A connection that is cut fails the statements that are under way on it, and that is all. Without a listener of its own it
 * would end the process wherever nobody happens to listen just then, as TypeORM does not while it connects.
 */
class SturdyClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    this.on("error", () => undefined);
  }
}

async function faultOf(
  dataSource: DataSource,
  role: string,
  strict: boolean,
): Promise<string | null> {
  const [session] = await dataSource.query(SESSION, [role]);
  if (session.role !== role || session.bypasses)
    return `The session does not run as ${role}: row-level security would not hold.`;
  if (!strict) return null;
  if (session.login !== role)
    return `DATABASE_URL must sign in as ${role}: a login of more rights could leave the role.`;
  const [world] = await dataSource.query("SELECT sharing.holds_demo() AS demo");
  return world.demo
    ? "This database holds the demo world. A production start needs one of its own."
    : null;
}

const SESSION = `
SELECT current_user AS role, session_user AS login, rolsuper OR rolbypassrls AS bypasses
FROM pg_roles WHERE rolname = $1`;
