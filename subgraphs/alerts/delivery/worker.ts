import { randomUUID } from "node:crypto";
import type PgBoss from "pg-boss";
import type { Logger } from "pino";
import type { DataSource } from "typeorm";
import { createLogWriter } from "../../../shared/audit/log-writer";
import { openRequest, type RequestContext } from "../../../shared/graphql/context";
import { MADE_OF } from "../../../shared/graphql/shield";
import type { Identity } from "../../../shared/viewer/viewer";
import type { WebhookRules } from "../endpoints/webhook.rules";
import { createLoaders, type Loaders } from "../loaders";
import type { Alert } from "../messages/alert.type";
import { deadline, released, webhook } from "./jobs";
import type { OutboxListener } from "./outbox.listener";
import { type Jobs, openBoss } from "./queue";

/** What a job may use: the same routes as a request, opened as the partner that it is run for. */
export interface JobContext {
  as(viewer: Pick<Identity, "partner"> & { id?: string }): Promise<RequestContext<Loaders>>;
  /** Shown to the context's viewer, and written down before it leaves; null where it may not see it now. */
  show(context: RequestContext<Loaders>, identifier: string): Promise<Alert | null>;
  webhooks: WebhookRules;
}

export interface DeliveryWorker {
  stop(): Promise<void>;
}

const JOBS: { [Name in keyof Jobs]: (data: Jobs[Name], jobContext: JobContext) => Promise<void> } =
  {
    released,
    webhook,
    deadline,
  };
const AT_ONCE = 10;
const IDLE_MS = 1_000;

/**
 * Works through the queues, in as many processes as there are: each job is one process's until it is done, failed or its
 * time is over, and then it is tried again. Whoever is woken looks at once; who is not looks every second.
 */
export function startDeliveryWorker(
  dataSource: DataSource,
  options: { outbox: OutboxListener; webhooks: WebhookRules; logger: Logger },
): DeliveryWorker {
  const { outbox, logger } = options;
  const boss = openBoss(dataSource);
  boss.on("error", (error) =>
    logger.warn({ error }, "the alerts' queue failed; it is tried again"),
  );
  const jobContext = openJobContext(dataSource, options);
  let stopped = false;

  async function work<Name extends keyof Jobs>(name: Name): Promise<void> {
    while (!stopped) {
      const jobs = await boss.fetch<Jobs[Name]>(name, { batchSize: AT_ONCE });
      await Promise.all(jobs.map((job) => run(boss, name, job)));
      if (jobs.length === 0 && !stopped) await outbox.next(IDLE_MS);
    }
  }

  async function run<Name extends keyof Jobs>(
    queue: PgBoss,
    name: Name,
    job: PgBoss.Job<Jobs[Name]>,
  ): Promise<void> {
    try {
      await JOBS[name](job.data, jobContext);
      await queue.complete(name, job.id);
    } catch (error) {
      logger.warn(
        { error, queue: name, job: job.id },
        "a job of the alerts failed; it is tried again",
      );
      await queue.fail(name, job.id, { message: (error as Error).message }).catch(() => undefined);
    }
  }

  const starting = boss
    .start()
    .catch((error: unknown) => logger.error({ error }, "the alerts' queue does not start"));
  const loops = (Object.keys(JOBS) as (keyof Jobs)[]).map((name) => work(name));
  return {
    async stop() {
      stopped = true;
      await outbox.stop();
      await starting;
      await Promise.all(loops);
      await boss.stop({ graceful: false, close: false });
    },
  };
}

function openJobContext(
  dataSource: DataSource,
  { outbox, webhooks }: { outbox: OutboxListener; webhooks: WebhookRules },
): JobContext {
  const logWriter = createLogWriter(dataSource);
  return {
    webhooks,
    as({ partner, id = "delivery worker" }) {
      const viewer: Identity = { id, partner, roles: ["OFFICER"], purpose: "EARLY_WARNING" };
      const asked = { viewer, requestId: randomUUID(), channel: "WEBHOOK" } as const;
      return openRequest(dataSource, asked, (context: RequestContext<Loaders>) =>
        createLoaders(context, { outbox, webhooks }),
      );
    },
    async show(context, identifier) {
      const alert = await context.loaders.alert.load(identifier);
      const judged = (alert?.[MADE_OF] ?? []).map((resource) => ({
        resource,
        decision: context.decide(resource),
      }));
      if (alert === null || judged.some(({ decision }) => !decision.allowed)) return null;
      context.recorder.writeTo(logWriter);
      context.recorder.given(alert, judged, undefined);
      await context.recorder.written();
      return alert;
    },
  };
}
