import type { KeyObject } from "node:crypto";
import { startSealer } from "../../shared/audit/sealer";
import { openDatabase } from "../../shared/database/data-source";
import { Env, EnvError } from "../../shared/env";
import { createLogger } from "../../shared/logger";
import { readPrivateKey } from "../../shared/viewer/viewer-assertion";

/** The sealer as a process of its own: the only one that holds the disclosure log's key, and it answers nobody. */
async function main(): Promise<void> {
  try {
    const env = new Env();
    const url = env.url("DATABASE_URL", "the exchange's PostgreSQL, migrated", [
      "postgres:",
      "postgresql:",
    ]);
    const pem = env.file(
      "LOG_KEY_FILE",
      "the Ed25519 private key (PEM) that signs the disclosure log's heads",
    );
    const key = pem === "" ? undefined : readKey(env, pem);
    env.check();
    const dataSource = await openDatabase({
      url,
      role: "accord_sealer",
      entities: [],
      poolSize: 1,
      strict: env.production,
    });
    const sealer = await startSealer(
      dataSource,
      key as KeyObject,
      createLogger(env.text("LOG_LEVEL") ?? "info"),
    );
    process.stdout.write("The sealer is at work\n");
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.once(signal, () => void sealer.stop().then(() => process.exit(0)));
    }
  } catch (error) {
    process.stderr.write(`${error instanceof EnvError ? error.message : (error as Error).stack}\n`);
    process.exit(1);
  }
}

function readKey(env: Env, pem: string): KeyObject | undefined {
  try {
    return readPrivateKey(pem);
  } catch (error) {
    env.fault(`LOG_KEY_FILE: ${(error as Error).message}`);
    return undefined;
  }
}

void main();
