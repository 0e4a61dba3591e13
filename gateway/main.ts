import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Env, EnvError } from "../shared/env";
import { createLogger } from "../shared/logger";
import { openIdConnect } from "../shared/viewer/openid";
import { readPrivateKey } from "../shared/viewer/viewer-assertion";
import { FILE_ROUTES } from "./files";
import { DEFAULT_LIMITS } from "./limits/limits";
import { httpLink } from "./link";
import { type GatewayOptions, startGateway } from "./server";

/** The gateway as a process of its own, over HTTP to its subgraphs. People sign in with an issuer of yours. */
async function main(): Promise<void> {
  try {
    const gateway = await startGateway(readOptions(new Env()));
    process.stdout.write(`The gateway listens at ${gateway.url}\n`);
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.once(signal, () => void gateway.stop().then(() => process.exit(0)));
    }
  } catch (error) {
    process.stderr.write(`${error instanceof EnvError ? error.message : (error as Error).stack}\n`);
    process.exit(1);
  }
}

const SUBGRAPHS = ["countries", "indicators", "sharing", "alerts", "cooperation"];

function readOptions(env: Env): GatewayOptions {
  const authenticate = openIdConnect(env);
  const pem = env.file(
    "GATEWAY_PRIVATE_KEY_FILE",
    "the Ed25519 private key (PEM) that signs what goes to the subgraphs",
  );
  const addresses = SUBGRAPHS.map((name) => {
    const variable = `${name.toUpperCase()}_URL`;
    return [
      name,
      env.url(variable, `the address of the subgraph ${name}`, ["http:", "https:"]),
    ] as const;
  });
  const port = env.integer("PORT", 4000, { from: 1, to: 65_535 });
  env.check();
  if (!authenticate) throw new EnvError("No issuer.");
  return {
    port,
    host: env.text("HOST") ?? "127.0.0.1",
    supergraphSdl: readFileSync(join(__dirname, "supergraph.graphql"), "utf8"),
    links: new Map(addresses.map(([name, url]) => [name, httpLink(url)])),
    key: readPrivateKey(pem),
    files: FILE_ROUTES,
    limits: DEFAULT_LIMITS,
    authenticate,
    logger: createLogger(env.text("LOG_LEVEL") ?? "info"),
  };
}

void main();
