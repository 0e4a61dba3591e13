import { readEndpoints } from "../endpoints/endpoint.queries";
import { acknowledgeBy } from "../messages/alert.mapping";
import { enqueue, idOf, type Jobs } from "./queue";
import { callWebhook } from "./webhook";
import type { JobContext } from "./worker";
import { insertEscalation, isAnswered, readRecipients } from "./worker.queries";

/** A message is out: a call for each system of each recipient, and a look when the time to acknowledge is over. */
export async function released(
  { identifier, owner }: Jobs["released"],
  jobContext: JobContext,
): Promise<void> {
  const sender = await jobContext.as({ partner: owner });
  const alert = await sender.loaders.alert.load(identifier);
  if (!alert?.sent) return;
  const recipients = await sender.read((manager) => readRecipients(manager, identifier));
  const due = acknowledgeBy(alert);
  for (const { partner, person } of recipients) {
    if (person === null) await call(jobContext, { identifier, partner }, "alert.issued");
    if (due === null || alert.msgType === "Cancel") continue;
    const context = await jobContext.as({ partner });
    await context.write((manager) =>
      enqueue(manager, "deadline", { identifier, partner, person }, due),
    );
  }
}

/** Jobs for the partner's own systems: its first ones at once, the alternate where a message stays unanswered. */
async function call(
  jobContext: JobContext,
  of: { identifier: string; partner: string },
  event: Jobs["webhook"]["event"],
) {
  const context = await jobContext.as(of);
  await context.write(async (manager) => {
    for (const { id, alternate } of await readEndpoints(manager, of.partner)) {
      if (alternate === (event === "alert.unacknowledged"))
        await enqueue(manager, "webhook", { ...of, endpoint: id, event });
    }
  });
}

/**
 * One attempt. What it says is an id, and even that only to who may see the message at this moment: a right that has ended since
 * ends the call.
 */
export async function webhook(job: Jobs["webhook"], jobContext: JobContext): Promise<void> {
  const context = await jobContext.as(job);
  const [endpoint] = await context.read((manager) =>
    readEndpoints(manager, job.partner, job.endpoint),
  );
  const alert = endpoint ? await jobContext.show(context, job.identifier) : null;
  if (!endpoint || alert === null) return;
  const { secret, previous_secret: previous, previous_until: until } = endpoint;
  const isRotating = previous !== null && until !== null && until > context.terms.now;
  await callWebhook(
    {
      url: endpoint.url,
      id: `msg_${idOf("webhook", job)}`,
      payload: JSON.stringify({
        type: job.event,
        timestamp: context.terms.now.toISOString(),
        data: { identifier: job.identifier },
      }),
      secrets: isRotating ? [secret, previous] : [secret],
    },
    jobContext.webhooks,
  );
  if (job.event !== "alert.unacknowledged") return;
  const { identifier, partner } = job;
  await context.write((manager) =>
    insertEscalation(manager, { identifier, owner: alert.from.code, partner }, true),
  );
}

/**
 * The time is over: where nobody has answered, that is written down for both sides as unreached, and the alternate contact is
 * called. It is written down as told once a channel has taken the call.
 */
export async function deadline(
  { identifier, partner, person }: Jobs["deadline"],
  jobContext: JobContext,
): Promise<void> {
  const context = await jobContext.as({ partner, ...(person !== null && { id: person }) });
  const alert = await context.loaders.alert.load(identifier);
  if (alert?.state !== "ACTIVE") return;
  const escalated = await context.write(async (manager) => {
    if (await isAnswered(manager, identifier, partner)) return false;
    await insertEscalation(manager, { identifier, owner: alert.from.code, partner }, false);
    return true;
  });
  if (escalated && person === null)
    await call(jobContext, { identifier, partner }, "alert.unacknowledged");
}
