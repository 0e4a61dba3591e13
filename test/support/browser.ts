/**
 * A real Chromium that `npm ci` brings along, kept off the network and watched: every request that would leave
 * 127.0.0.1, and everything the page complains of, is written down for the test to fail on.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { type Browser, chromium, type Page } from "playwright-core";

export interface WatchedBrowser {
  newPage(): Promise<Page>;
  /** Requests to anywhere but 127.0.0.1, of pages, of their workers and of the browser itself. */
  outside: string[];
  /** Console errors, uncaught errors and breaches of the content security policy. */
  complaints: string[];
  close(): Promise<void>;
}

export async function openBrowser(): Promise<WatchedBrowser> {
  const outside: string[] = [];
  const complaints: string[] = [];
  const gate = await openGate(outside);
  let browser: Browser;
  try {
    browser = await launch(gate.port);
  } catch (error) {
    gate.close();
    throw error;
  }

  async function newPage(): Promise<Page> {
    const context = await browser.newContext({
      locale: "en-GB",
      viewport: { width: 1600, height: 1000 },
    });
    context.on("request", (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (/^(https?|wss?):$/.test(protocol) && hostname !== "127.0.0.1")
        outside.push(request.url());
    });
    const page = await context.newPage();
    page.on("websocket", (socket) => {
      if (new URL(socket.url()).hostname !== "127.0.0.1") outside.push(socket.url());
    });
    page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error")
        complaints.push(`console: ${message.text()} (${message.location().url})`);
    });
    return page;
  }

  async function close(): Promise<void> {
    await browser.close();
    gate.close();
  }

  return { newPage, outside, complaints, close };
}

/** The only way out the browser is given: a proxy that writes down who knocks, and lets nobody pass. */
async function openGate(outside: string[]): Promise<{ port: number; close(): void }> {
  const server = createServer((request, response) => {
    outside.push(`through the proxy: ${request.url}`);
    response.writeHead(502).end();
  });
  server.on("connect", (request, socket) => {
    outside.push(`through the proxy: ${request.url}`);
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { port, close: () => void server.close() };
}

async function launch(proxyPort: number): Promise<Browser> {
  // Not Playwright's `proxy` option: that one sends 127.0.0.1 through the proxy as well.
  const args = [
    `--proxy-server=127.0.0.1:${proxyPort}`,
    "--proxy-bypass-list=127.0.0.1",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-pings",
  ];
  const own = process.env.ACCORD_CHROMIUM;
  if (own) return chromium.launch({ executablePath: own, args });
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error(
      "The browser that npm brings runs on Linux x64; elsewhere set ACCORD_CHROMIUM to a Chromium of yours.",
    );
  }
  const folder = await unpacked();
  return chromium.launch({
    executablePath: join(folder, "chromium"),
    args,
    env: {
      ...(process.env as Record<string, string>),
      HOME: join(folder, "home"),
      LD_LIBRARY_PATH: join(folder, "al2023", "lib"),
      FONTCONFIG_FILE: join(folder, "fonts.conf"),
    },
  });
}

/**
 * Where the package's binary, its libraries and fonts lie unpacked. The package itself unpacks into a shared /tmp without
 * waiting for others; here it does so in a fresh folder, which then gets its name in one step.
 */
async function unpacked(): Promise<string> {
  const home = join(dirname(require.resolve("@sparticuz/chromium")), "..", "..");
  const { version } = JSON.parse(await readFile(join(home, "package.json"), "utf8")) as {
    version: string;
  };
  const cache = join(__dirname, "..", "..", "node_modules", ".cache");
  const folder = join(cache, `accord-chromium-${version}`);
  if (existsSync(folder)) return folder;

  await mkdir(cache, { recursive: true });
  const fresh = await mkdtemp(`${folder}.`);
  const script = `const it = require("@sparticuz/chromium"); (it.default ?? it).executablePath()`;
  // AWS_LAMBDA_JS_RUNTIME makes the package unpack the system libraries that a bare machine lacks, too.
  await promisify(execFile)(process.execPath, ["-e", script], {
    cwd: __dirname,
    env: { ...process.env, TMPDIR: fresh, AWS_LAMBDA_JS_RUNTIME: "nodejs22.x" },
  });
  await mkdir(join(fresh, "home"));
  const fonts = `<dir>${join(folder, "fonts")}</dir><cachedir>${join(folder, "fonts-cache")}</cachedir>`;
  await writeFile(
    join(fresh, "fonts.conf"),
    `<?xml version="1.0"?><fontconfig>${fonts}</fontconfig>\n`,
  );
  try {
    await rename(fresh, folder);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
