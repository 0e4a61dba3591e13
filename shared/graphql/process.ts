import type { KeyObject } from "node:crypto";
import type { Server } from "node:http";
import { Env, EnvError } from "../env";
import { createLogger } from "../logger";
import { assertionVerifier, readPublicKey } from "../viewer/viewer-assertion";
import { listenForGateway } from "./http";
import type { SubgraphServer } from "./server";
import type { SubgraphOptions } from "./subgraph-options";

/** A subgraph as a process of its own: environment in, HTTP for its gateway out, ends cleanly on a signal. */
export async function runSubgraph(
  open: (options: SubgraphOptions) => Promise<SubgraphServer>,
  port: number,
): Promise<void> {
  try {
    const { options, listen } = readOptions(port);
    const subgraph = await open(options);
    const server = await listenForGateway(subgraph, { ...listen, logger: options.logger });
    process.stdout.write(
      `The subgraph ${subgraph.name} listens on ${listen.host}:${listen.port}\n`,
    );
    endOnSignal(server, () => subgraph.stop());
  } catch (error) {
    process.stderr.write(`${error instanceof EnvError ? error.message : (error as Error).stack}\n`);
    process.exit(1);
  }
}

function readOptions(port: number): {
  options: SubgraphOptions;
  listen: { port: number; host: string };
} {
  const env = new Env();
  const url = env.url("DATABASE_URL", "the exchange's PostgreSQL, migrated", [
    "postgres:",
    "postgresql:",
  ]);
  const pem = env.file(
    "GATEWAY_PUBLIC_KEY_FILE",
    "the gateway's Ed25519 public key (PEM), to know its viewer assertions by",
  );
  const poolSize = env.integer("POOL_SIZE", 10, { from: 1, to: 100 });
  const listen = {
    port: env.integer("PORT", port, { from: 1, to: 65_535 }),
    host: env.text("HOST") ?? "127.0.0.1",
  };
  const logger = createLogger(env.text("LOG_LEVEL") ?? "info");
  const key = pem === "" ? undefined : readKey(env, pem);
  env.check();
  if (!key) throw new EnvError("No key.");
  return {
    options: {
      database: { url, poolSize, strict: env.production },
      verifier: (audience) => assertionVerifier(key, audience),
      logger,
    },
    listen,
  };
}

function readKey(env: Env, pem: string): KeyObject | undefined {
  try {
    return readPublicKey(pem);
  } catch (error) {
    env.fault(`GATEWAY_PUBLIC_KEY_FILE: ${(error as Error).message}`);
    return undefined;
  }
}

function endOnSignal(server: Server, stop: () => Promise<void>): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      server.close(() => void stop().then(() => process.exit(0)));
      server.closeIdleConnections();
    });
  }
}
