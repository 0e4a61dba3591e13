import "reflect-metadata";
import pino from "pino";
import { startExchange } from "../../exchange/exchange";

/** The exchange as a process of its own, for tests that kill it. */
const { DATABASE_URL: databaseUrl = "", PORT: port = "" } = process.env;
startExchange({ databaseUrl, port: Number(port), logger: pino({ level: "silent" }) }).then(
  () => process.stdout.write("ready\n"),
  (error: unknown) => {
    process.stderr.write(String(error));
    process.exit(1);
  },
);
