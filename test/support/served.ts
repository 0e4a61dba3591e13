import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { requestToken } from "./exchange-under-test";

export interface Served {
  url: string;
  child: ChildProcess;
  token(clientId: string): Promise<string>;
  /** SIGKILL: nothing of it gets to say goodbye. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

const ROOT = join(__dirname, "..", "..");

/** @param logKey signs the log's heads, as PEM; left out, a key as old as the process */
export async function serve(databaseUrl: string, logKey?: string): Promise<Served> {
  const child = spawn(process.execPath, ["-r", "@swc-node/register", "test/support/serve.ts"], {
    cwd: ROOT,
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      ...(logKey !== undefined && { LOG_KEY: logKey }),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    let output = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      const found = /listens at (\S+)/.exec(output)?.[1];
      if (found) resolve(found);
    });
    void ended.then(() => reject(new Error(`the served exchange ended: ${output}`)));
  });
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await ended;
  };
  return {
    url,
    child,
    token: (clientId) => requestToken(url, clientId),
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
  };
}
