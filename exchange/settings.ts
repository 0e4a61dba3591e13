import { join } from "node:path";
import { Env } from "../shared/env";
import { openIdConnect } from "../shared/viewer/openid";
import type { Authenticate } from "../shared/viewer/token";
import { type WebhookRules, webhookRules } from "../subgraphs/alerts/endpoints/webhook.rules";
import { verifyAfter } from "../subgraphs/countries/schema";

/** What `npm start` was told by its environment. */
export interface Settings {
  production: boolean;
  port: number;
  host: string;
  /** Undefined = the embedded PostgreSQL, under `dataDir`. */
  databaseUrl: string | undefined;
  dataDir: string;
  /** Signs the disclosure log's heads; made there if it is not there yet, but never in production. */
  logKeyFile: string;
  logLevel: string;
  /** Undefined = demo sign-in. */
  authenticate: Authenticate | undefined;
  webhooks: WebhookRules;
  verifyAfterDays: number;
}

const DEFAULT_DATA = join(__dirname, "..", ".accord");
const POSTGRES = ["postgres:", "postgresql:"];

/** @throws EnvError that names every fault at once. */
export function readSettings(source: Record<string, string | undefined> = process.env): Settings {
  const env = new Env(source);
  const { production } = env;
  const dataDir = env.text("ACCORD_DATA") ?? DEFAULT_DATA;
  const settings: Settings = {
    production,
    port: env.integer("PORT", 4000, { from: 0, to: 65_535 }),
    host: env.text("HOST") ?? "127.0.0.1",
    databaseUrl:
      production || env.text("DATABASE_URL")
        ? env.url("DATABASE_URL", "a PostgreSQL >= 15 to use", POSTGRES)
        : undefined,
    dataDir,
    logKeyFile: env.text("LOG_KEY_FILE") ?? join(dataDir, "disclosure-log.pem"),
    logLevel: env.text("LOG_LEVEL") ?? "warn",
    authenticate: production ? openIdConnect(env) : undefined,
    webhooks: webhookRules(env),
    verifyAfterDays: verifyAfter(env),
  };
  if (production)
    env.file("LOG_KEY_FILE", "the Ed25519 private key (PEM) that signs the disclosure log's heads");
  env.check();
  return settings;
}
