import { escapeLiteral, type PoolClient, type QueryResult } from "pg";
import type { DataSource, EntityManager } from "typeorm";
import { type Identity, mayRead } from "../viewer/viewer";

type Work<T> = (manager: EntityManager) => Promise<T>;

/**
 * Runs reads in one transaction that knows who asks. The identity is local to the transaction: the next borrower of the
 * connection starts with none, and none means no rows. A viewer without a reading role is nobody here too.
 */
export function asViewer<T>(
  dataSource: DataSource,
  viewer: Identity | null,
  work: Work<T>,
): Promise<T> {
  return inTransaction(dataSource, "BEGIN READ ONLY", viewer, work);
}

/** The same for a write: all of it, or nothing. */
export function asWriter<T>(
  dataSource: DataSource,
  viewer: Identity | null,
  work: Work<T>,
): Promise<T> {
  return inTransaction(dataSource, "BEGIN", viewer, work);
}

/**
 * One statement without parameters, as the viewer, in one round trip: what every request begins with should not cost it
 * three. The statements go as one text, which PostgreSQL runs in the transaction that stands in it.
 */
export async function askAsViewer<Row>(
  dataSource: DataSource,
  viewer: Identity | null,
  statement: string,
): Promise<Row[]> {
  const runner = dataSource.createQueryRunner();
  try {
    const client = (await runner.connect()) as PoolClient;
    const results = await client.query(
      `BEGIN READ ONLY; ${identify(viewer)}; ${statement}; COMMIT`,
    );
    return (results as unknown as QueryResult[])[2]?.rows as Row[];
  } catch (error) {
    await runner.query("ROLLBACK").catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}

async function inTransaction<T>(
  dataSource: DataSource,
  begin: string,
  viewer: Identity | null,
  work: Work<T>,
): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query(`${begin}; ${identify(viewer)}`);
    const result = await work(runner.manager);
    await runner.query("COMMIT");
    return result;
  } catch (error) {
    await runner.query("ROLLBACK").catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}

/** Goes into a statement as text to save a round trip, hence the narrow pattern and the escaping. */
function identify(viewer: Identity | null): string {
  const settings = {
    viewer: partnerOf(viewer),
    actor: viewer?.id ?? "",
    roles: viewer?.roles.join(",") ?? "",
    purpose: viewer?.purpose ?? "",
  };
  const calls = Object.entries(settings).map(
    ([name, value]) => `set_config('accord.${name}', ${escapeLiteral(value)}, true)`,
  );
  return `SELECT ${calls.join(", ")}`;
}

function partnerOf(viewer: Identity | null): string {
  if (!mayRead(viewer)) return "";
  if (!/^[A-Z]{3,20}$/.test(viewer.partner))
    throw new Error("A partner code has three to twenty capital letters.");
  return viewer.partner;
}
