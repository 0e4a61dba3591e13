import { EnvError } from "../shared/env";
import { createLogger } from "../shared/logger";
import { ensurePlayground } from "../web/build";
import { demoIdentities } from "./demo/identities";
import { type Exchange, startExchange } from "./exchange";
import { greeting } from "./greeting";
import { logKeyIn } from "./log-key";
import { startEmbeddedPostgres } from "./postgres/embedded";
import { checkPort, prepareDatabase } from "./prepare";
import { readSettings, type Settings } from "./settings";
import { StartError } from "./start-error";

/** What runs, to be stopped in the reverse order, also when a later step of the start fails or is interrupted. */
const running: { stop(): Promise<void> }[] = [];

async function start(settings: Settings): Promise<Exchange> {
  const { production, port, host, logLevel, authenticate, logKeyFile, webhooks, verifyAfterDays } =
    settings;
  if (port !== 0) await checkPort(port, host);
  if (!production) await ensurePlayground();
  const databaseUrl = settings.databaseUrl ?? (await ownDatabase(settings.dataDir));
  await prepareDatabase(databaseUrl, { production });
  const logger = createLogger(logLevel);
  const logKey = logKeyIn(logKeyFile);
  const options = {
    port,
    host,
    databaseUrl,
    logger,
    logKey,
    webhooks,
    verifyAfterDays,
    ...(authenticate && { authenticate }),
  };
  const exchange = await startExchange(options);
  running.push(exchange);
  return exchange;
}

async function ownDatabase(dataDir: string): Promise<string> {
  const postgres = await startEmbeddedPostgres({ dataDir });
  running.push(postgres);
  return postgres.url;
}

let stopping: Promise<void> | undefined;

function stop(): Promise<void> {
  stopping ??= (async () => {
    for (const part of running.reverse()) await part.stop();
  })();
  return stopping;
}

async function main(): Promise<void> {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => void stop().then(() => process.exit(0)));
  }
  try {
    const settings = readSettings();
    const { url } = await start(settings);
    process.stdout.write(
      settings.production ? `Accord is running at ${url}\n` : await greeting(url, demoIdentities()),
    );
  } catch (error) {
    if (stopping) return;
    const known = error instanceof StartError || error instanceof EnvError;
    process.stderr.write(`${known ? error.message : (error as Error).stack}\n`);
    await stop();
    process.exit(1);
  }
}

void main();
