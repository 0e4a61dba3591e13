import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import type { Env } from "../../../shared/env";

/** Where webhooks may go. Nowhere, unless the operator says so. */
export interface WebhookRules {
  /** Host names, lower case, each as a whole. */
  hosts: readonly string[];
  /** Tests only: plain HTTP, and addresses of networks that are nobody's. */
  allowPrivate: boolean;
}

export const NO_WEBHOOKS: WebhookRules = { hosts: [], allowPrivate: false };

/** Why an address is refused; null where it is not. Asked when it is registered and again before each call. */
export function addressFault(text: string, { hosts, allowPrivate }: WebhookRules): string | null {
  if (!URL.canParse(text) || text.length > 500) return "is no URL.";
  const url = new URL(text);
  if (url.protocol !== "https:" && !(allowPrivate && url.protocol === "http:"))
    return "does not begin with https://.";
  if (url.username !== "" || url.password !== "" || url.hash !== "")
    return "takes no user, password or fragment.";
  if (!hosts.includes(url.hostname))
    return "is on a host that the operator has not allowed. Ask for it.";
  return null;
}

/** An address of the public internet: not loopback, not a private network, not the cloud's own. */
export function isPublic(address: string): boolean {
  return ipaddr.process(address).range() === "unicast";
}

/**
 * The address to connect to, looked up and judged once: a name that resolves to something else a moment later changes nothing.
 * @throws where the host has an address that is not public
 */
export async function resolveHost(
  hostname: string,
  { allowPrivate }: WebhookRules,
): Promise<string> {
  const bare = hostname.replace(/^\[|\]$/g, "");
  const found = isIP(bare) ? [{ address: bare }] : await lookup(bare, { all: true });
  const [first] = found;
  if (!first || !(allowPrivate || found.every(({ address }) => isPublic(address))))
    throw new Error("the host has an address that is not public");
  return first.address;
}

/** What the operator allows: `WEBHOOK_HOSTS`, host names with commas between them. */
export function webhookRules(env: Env): WebhookRules {
  const hosts = (env.text("WEBHOOK_HOSTS") ?? "")
    .split(",")
    .map((host) => host.trim().toLowerCase());
  return { hosts: hosts.filter((host) => host !== ""), allowPrivate: false };
}
