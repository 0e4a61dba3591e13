import { randomBytes, randomUUID } from "node:crypto";
import type { EntityManager } from "typeorm";
import type { RequestContext } from "../../../shared/graphql/context";
import { type Written, writeOnce } from "../../../shared/graphql/mutation";
import { refuse } from "../../../shared/graphql/user-error";
import { UUID } from "../../../shared/uuid";
import type { Viewer } from "../../../shared/viewer/viewer";
import type { Loaders } from "../loaders";
import * as queries from "./endpoint.queries";
import type { RegisterWebhookInput, WebhookActInput } from "./endpoint.type";
import { addressFault } from "./webhook.rules";

type Context = RequestContext<Loaders>;
const MOST = 5;

/** What was done, and the secret where this very call has made one. */
export type WrittenSecret = Written & { secret: string | null };

export async function registerWebhook(
  context: Context,
  input: RegisterWebhookInput,
): Promise<WrittenSecret> {
  let secret: string | null = null;
  const written = await writeOnce(
    context,
    { operation: "registerWebhook", input },
    async (manager) => {
      const viewer = context.viewer as Viewer;
      const found = addressFault(input.url, context.loaders.webhooks);
      if (found !== null) throw refuse("BAD_USER_INPUT", ["input", "url"], found);
      if ((await queries.readEndpoints(manager, viewer.partner)).length >= MOST)
        throw refuse(
          "BAD_USER_INPUT",
          ["input", "url"],
          `You have ${MOST} already. Remove one first.`,
        );
      const id = randomUUID();
      secret = newSecret();
      await queries.insertEndpoint(manager, viewer, {
        id,
        url: input.url,
        alternate: input.alternate,
        secret,
      });
      return id;
    },
  );
  return { ...written, secret };
}

/** Both sign for a day, so that the receiver can change over without missing anything. */
export async function rotateWebhookSecret(
  context: Context,
  input: WebhookActInput,
): Promise<WrittenSecret> {
  let secret: string | null = null;
  const written = await writeOnce(
    context,
    { operation: "rotateWebhookSecret", input },
    async (manager) => {
      await requireOwn(context, manager, input.id);
      secret = newSecret();
      await queries.rotateSecret(manager, input.id, secret);
      return input.id;
    },
  );
  return { ...written, secret };
}

export function removeWebhook(context: Context, input: WebhookActInput): Promise<Written> {
  return writeOnce(context, { operation: "removeWebhook", input }, async (manager) => {
    await requireOwn(context, manager, input.id);
    await queries.removeEndpoint(manager, input.id);
    return input.id;
  });
}

async function requireOwn({ viewer }: Context, manager: EntityManager, id: string): Promise<void> {
  const rows = UUID.test(id)
    ? await queries.readEndpoints(manager, (viewer as Viewer).partner, id)
    : [];
  if (rows.length === 0)
    throw refuse("NOT_FOUND", ["input", "id"], "You have no webhook of that id.");
}

function newSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}
