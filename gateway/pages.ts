import { join } from "node:path";
import express, { Router } from "express";
import type { DemoIssuer } from "./demo-issuer";
import type { Link } from "./link";
import type { Metrics } from "./metrics";

const DIST = join(__dirname, "..", "web", "dist", "playground");

/** The two `unsafe-inline` are for styles only: the price of the Monaco editor. See web/README.md. */
const PLAYGROUND_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self'",
  "style-src-elem 'self' 'unsafe-inline'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join("; ");

/** The playground, bundled by us. Assets carry a digest in their names and may be kept; the page may not. */
export function playground(demo: DemoIssuer | undefined): Router {
  const router = Router();
  router.use((_request, response, next) => {
    response.setHeader("content-security-policy", PLAYGROUND_POLICY);
    next();
  });
  router.get("/playground", (_request, response) =>
    response.sendFile(join(DIST, "index.html"), { cacheControl: false }),
  );
  if (demo) {
    const identities = demo.identities.map(({ id, label }) => ({ clientId: id, label }));
    router.get(
      "/playground/identities.json",
      (_request, response) => void response.json(identities),
    );
  }
  router.use(
    "/playground/assets",
    express.static(join(DIST, "assets"), {
      immutable: true,
      maxAge: "1y",
      redirect: false,
      index: false,
    }),
  );
  router.get("/", (_request, response) => response.redirect(302, "/playground"));
  return router;
}

/** Demo only: the token endpoint and its keys. */
export function demoSignIn(demo: DemoIssuer): Router {
  const router = Router();
  router.get("/.well-known/jwks.json", (_request, response) => void response.json(demo.jwks));
  router.post(
    "/oauth/token",
    express.urlencoded({ extended: false, limit: "4kb" }),
    async (request, response) => {
      const form = (request.body ?? {}) as Record<string, unknown>;
      const basic = basicCredentials(request.headers.authorization);
      if (basic) response.setHeader("www-authenticate", 'Basic realm="accord demo"');
      const { status, body } = await demo.token({
        grantType: form.grant_type,
        clientId: basic?.id ?? form.client_id,
        clientSecret: basic?.secret ?? form.client_secret,
      });
      response.status(status).json(body);
    },
  );
  return router;
}

function basicCredentials(header: string | undefined): { id: string; secret: string } | null {
  const [scheme, encoded] = header?.split(" ") ?? [];
  if (scheme?.toLowerCase() !== "basic" || !encoded) return null;
  const [id = "", secret = ""] = Buffer.from(encoded, "base64")
    .toString()
    .split(":")
    .map(safeDecode);
  return { id, secret };
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** For the operator: is the process there, do its subgraphs answer, and the numbers. */
export function operations(links: ReadonlyMap<string, Link>, metrics: Metrics): Router {
  const router = Router();
  router.get("/health/live", (_request, response) => void response.json({ status: "live" }));
  router.get("/health/ready", async (_request, response) => {
    const answers = await Promise.all(
      [...links.values()].map((link) => link.ready().catch(() => false)),
    );
    const ready = answers.every(Boolean);
    response.status(ready ? 200 : 503).json({ status: ready ? "ready" : "not ready" });
  });
  router.get("/metrics", async (_request, response) => {
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  return router;
}
