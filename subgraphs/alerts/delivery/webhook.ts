import { isIPv6 } from "node:net";
import { Webhook } from "standardwebhooks";
import { Agent, request } from "undici";
import { addressFault, resolveHost, type WebhookRules } from "../endpoints/webhook.rules";

export interface Call {
  url: string;
  /** The same for each attempt: by it a receiver knows what it has had. */
  id: string;
  payload: string;
  /** The current one, and while it is being changed the one before. */
  secrets: readonly string[];
}

const TIMEOUT_MS = 10_000;

/**
 * One attempt, signed by the Standard Webhooks specification with every secret that is good now. Never after a redirect,
 * never through a proxy, only to the address that was judged.
 * @throws where it was not accepted; whoever queued it tries again
 */
export async function callWebhook(
  { url, id, payload, secrets }: Call,
  rules: WebhookRules,
): Promise<void> {
  const fault = addressFault(url, rules);
  if (fault !== null) throw new Error(`the address ${fault}`);
  const address = await resolveHost(new URL(url).hostname, rules);
  const agent = new Agent({
    connect: {
      timeout: TIMEOUT_MS,
      lookup: (_host, options, done) => {
        const family = isIPv6(address) ? 6 : 4;
        if (options.all) done(null, [{ address, family }]);
        else done(null, address, family);
      },
    },
  });
  try {
    const { statusCode, body } = await request(url, {
      dispatcher: agent,
      method: "POST",
      body: payload,
      headers: headersOf({ id, payload, secrets }),
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await body.dump({ limit: 1_024 }).catch(() => undefined);
    if (statusCode < 200 || statusCode > 299) throw new Error(`status ${statusCode}`);
  } finally {
    await agent.destroy();
  }
}

function headersOf({ id, payload, secrets }: Omit<Call, "url">): Record<string, string> {
  const now = new Date();
  return {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
    "webhook-signature": secrets
      .map((secret) => new Webhook(secret).sign(id, now, payload))
      .join(" "),
  };
}
