import { join } from "node:path";
import { Env } from "../shared/env";
import { openIdConnect } from "../shared/identity/openid";
import type { Authenticate } from "../shared/identity/token";

/** What `npm start` was told by its environment. */
export interface Settings {
  production: boolean;
  port: number;
  host: string;
  /** Undefined = the embedded PostgreSQL, under `dataDir`. */
  databaseUrl: string | undefined;
  dataDir: string;
  logLevel: string;
  /** Undefined = demo sign-in. */
  authenticate: Authenticate | undefined;
}

const DEFAULT_DATA = join(__dirname, "..", ".accord");
const POSTGRES = ["postgres:", "postgresql:"];

/** @throws EnvError that names every fault at once. */
export function readSettings(source: Record<string, string | undefined> = process.env): Settings {
  const env = new Env(source);
  const { production } = env;
  const settings: Settings = {
    production,
    port: env.integer("PORT", 4000, { from: 0, to: 65_535 }),
    host: env.text("HOST") ?? "127.0.0.1",
    databaseUrl:
      production || env.text("DATABASE_URL")
        ? env.url("DATABASE_URL", "a PostgreSQL >= 15 to use", POSTGRES)
        : undefined,
    dataDir: env.text("ACCORD_DATA") ?? DEFAULT_DATA,
    logLevel: env.text("LOG_LEVEL") ?? "warn",
    authenticate: production ? openIdConnect(env) : undefined,
  };
  env.check();
  return settings;
}
