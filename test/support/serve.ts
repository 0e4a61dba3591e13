/** The exchange as a process of its own over a database that is there already: what a test kills, or has two of. */
import { createPrivateKey } from "node:crypto";
import pino from "pino";
import { startExchange } from "../../exchange/exchange";

async function main(): Promise<void> {
  const databaseUrl = process.env.DATABASE_URL;
  if (!databaseUrl) throw new Error("DATABASE_URL names the database.");
  const { LOG_KEY } = process.env;
  const exchange = await startExchange({
    port: 0,
    databaseUrl,
    logger: pino({ level: "silent" }),
    poolSize: 3,
    ...(LOG_KEY && { logKey: createPrivateKey(LOG_KEY) }),
  });
  process.stdout.write(`listens at ${exchange.url}\n`);
  process.once("SIGTERM", () => void exchange.stop().then(() => process.exit(0)));
}

void main();
