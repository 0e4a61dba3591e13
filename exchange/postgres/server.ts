import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { nameFromInside, spawnAs } from "./account";
import { clusterIn, homeIn, type Setup } from "./cluster";
import { spawnTied } from "./lifeline";
import { nameOf, readPidFile } from "./lock";
import { type Log, openLog } from "./log";

export interface Server {
  port: number;
  stop(): Promise<void>;
}

/** A server that gave up while starting; the message is the reason it left in its log. */
export class LaunchFailure extends Error {}

/** Long enough to replay the log of a large crash, short enough that a start which hangs is noticed. */
const READY_WITHIN = 120_000;

export async function launch(setup: Setup): Promise<Server> {
  const port = await freePort();
  const log = openLog(join(setup.dataDir, "postgres.log"));
  try {
    const child = spawnServer(setup, port, log);
    const stop = () => stopServer(child, setup.binaries.control);
    await ready(child, clusterIn(homeIn(setup.dataDir)), log).catch(async (error) => {
      await stop();
      throw error;
    });
    return { port, stop };
  } finally {
    log.close();
  }
}

/** Taken anew at each start: a fixed port would make two Accords on one machine fail, or worse, meet. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string")
    throw new LaunchFailure("the system gave no free port");
  return address.port;
}

function spawnServer(
  { dataDir, account, binaries, ephemeral }: Setup,
  port: number,
  log: Log,
): ChildProcess {
  const cluster = clusterIn(homeIn(dataDir));
  const settings = [
    "listen_addresses=127.0.0.1",
    `port=${port}`,
    "unix_socket_directories=",
    "max_connections=100",
    `cluster_name=${nameOf(process.pid)}`,
    // A crash of the machine may now lose everything: for tests, which begin anew anyway.
    ...(ephemeral ? ["fsync=off", "synchronous_commit=off", "full_page_writes=off"] : []),
  ];
  const args = [
    "-D",
    nameFromInside(cluster, account),
    ...settings.flatMap((setting) => ["-c", setting]),
  ];
  return spawnTied(binaries.postgres, args, {
    ...spawnAs(account),
    cwd: cluster,
    stdio: ["ignore", log.fd, log.fd],
  });
}

/** Polls PostgreSQL's own word for it. Connecting before would fill its log with refused connections. */
async function ready(child: ChildProcess, cluster: string, log: Log): Promise<void> {
  let fault: Error | undefined;
  child.on("error", (error) => {
    fault = error;
  });
  const deadline = Date.now() + READY_WITHIN;
  while (Date.now() < deadline) {
    if (hasEnded(child)) throw new LaunchFailure(fault?.message ?? log.reason());
    const file = readPidFile(cluster);
    if (file?.pid === child.pid && file?.status === "ready") return;
    await sleep(20);
  }
  throw new LaunchFailure(`not ready after ${READY_WITHIN / 1000} s, ${log.reason()}`);
}

const hasEnded = (child: ChildProcess) =>
  child.pid === undefined || child.exitCode !== null || child.signalCode !== null;

/**
 * SIGINT ends the sessions and writes everything down; SIGQUIT leaves that to the next start's recovery. After a
 * SIGKILL the server's children notice by themselves.
 */
async function stopServer(child: ChildProcess, control: string): Promise<void> {
  for (const [signal, patience] of [
    ["INT", 10_000],
    ["QUIT", 5_000],
  ] as const) {
    if (hasEnded(child)) return;
    tell(child, signal, control);
    if (await endsWithin(child, patience)) return;
  }
  child.kill("SIGKILL");
  await endsWithin(child, 5_000);
}

/** Windows has no signals; PostgreSQL brings its own there, which pg_ctl sends. */
function tell(child: ChildProcess, signal: "INT" | "QUIT", control: string): void {
  if (process.platform !== "win32") child.kill(`SIG${signal}`);
  else
    spawn(control, ["kill", signal, String(child.pid)], {
      stdio: "ignore",
      windowsHide: true,
    }).unref();
}

async function endsWithin(child: ChildProcess, patience: number): Promise<boolean> {
  if (hasEnded(child)) return true;
  const signal = AbortSignal.timeout(patience);
  return once(child, "exit", { signal }).then(
    () => true,
    () => hasEnded(child),
  );
}
