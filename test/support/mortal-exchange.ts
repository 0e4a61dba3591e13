import { type ChildProcess, spawn } from "node:child_process";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";

export interface MortalExchange {
  readonly url: string;
  start(): Promise<void>;
  /** SIGKILL: nothing is finished, flushed or said. */
  kill(): Promise<void>;
  token(clientId: string): Promise<string>;
}

/** An exchange that can be killed and comes back at the same address. Its demo issuer's key dies with it, and so do its tokens. */
export async function mortalExchange(databaseUrl: string): Promise<MortalExchange> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  let tokens = new Map<string, Promise<string>>();
  return {
    url,
    async start() {
      tokens = new Map();
      const script = join(__dirname, "exchange-process.ts");
      child = spawn(process.execPath, ["-r", "@swc-node/register", script], {
        ...{ cwd: join(__dirname, "..", ".."), stdio: ["ignore", "pipe", "inherit"] },
        env: { ...process.env, DATABASE_URL: databaseUrl, PORT: String(port) },
      });
      await new Promise<void>((resolve, reject) => {
        child?.stdout?.once("data", () => resolve());
        child?.once("exit", (code) => reject(new Error(`the exchange ended with ${code}`)));
      });
    },
    async kill() {
      const dying = child;
      if (!dying || dying.exitCode !== null || dying.signalCode !== null) return;
      const dead = new Promise((resolve) => dying.once("exit", resolve));
      dying.kill("SIGKILL");
      await dead;
    },
    async token(clientId) {
      const known = tokens.get(clientId) ?? request(url, clientId);
      tokens.set(clientId, known);
      known.catch(() => tokens.delete(clientId));
      return known;
    },
  };
}

async function request(url: string, clientId: string): Promise<string> {
  const body = new URLSearchParams({ grant_type: "client_credentials", client_id: clientId, client_secret: "demo" });
  const response = await fetch(`${url}/oauth/token`, { method: "POST", body });
  return ((await response.json()) as { access_token: string }).access_token;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
