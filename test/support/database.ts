import { randomBytes } from "node:crypto";
import { Client } from "pg";

/** Templates that global-setup names (templates.ts): migrated and empty, and with the demo world. */
export const EMPTY = process.env.ACCORD_TEST_EMPTY ?? "";
export const WORLD = process.env.ACCORD_TEST_WORLD ?? "";

export interface TestDatabase {
  name: string;
  url: string;
  drop(): Promise<void>;
}

export function databaseAt(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** A database of the test's own, a copy of a template or of another that nobody is connected to. Takes some 100 ms. */
export async function cloneDatabase(template: string): Promise<TestDatabase> {
  const server = process.env.ACCORD_TEST_SERVER;
  if (!server) throw new Error("ACCORD_TEST_SERVER is not set: run the tests with `npm test`.");
  const name = `accord_test_${randomBytes(6).toString("hex")}`;
  await onServer(server, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return {
    name,
    url: databaseAt(server, name),
    drop: () => onServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function onServer(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
