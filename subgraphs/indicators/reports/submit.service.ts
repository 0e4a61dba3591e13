import type { EntityManager } from "typeorm";
import { readInstant } from "../../../shared/database/terms.queries";
import type { RequestContext } from "../../../shared/graphql/context";
import { type Written, writeOnce } from "../../../shared/graphql/mutation";
import { Refusal, refuse, type UserError } from "../../../shared/graphql/user-error";
import { isNationalAuthority, type Viewer } from "../../../shared/viewer/viewer";
import type { Issue } from "../submission/issue";
import type { Loaders } from "./loaders";
import { logWrite } from "./report.audit";
import { insertSubmission, lockReport } from "./report.commands";
import { type Draft, figuresOf, type Proposed, understand } from "./report.draft";
import { knowledgeFor } from "./report.knowledge";
import { hasReason, inPlace, unexplained } from "./report.order";
import { readFigures, readStanding, type Standing, type StoredFigure } from "./report.queries";
import type { ReportWarning } from "./report.type";
import { ValidationRun } from "./report.validation";

/**
 * Reports on their way in, one or as many as a file holds: all of them or none, and everything that is wrong at once.
 * The mutation, an upload and a dry run come through here. One report is held at a time.
 */
type Context = RequestContext<Loaders>;

export interface Incoming {
  /** In the same order for everybody, so that two who submit at once never wait for each other crosswise. */
  partitions: Iterable<Partition> | AsyncIterable<Partition>;
  /** What the source rounds to: 1 where it is exact. */
  rounding: number;
  /** Said to warnings. */
  comment: string | null;
}

/** Reports that were read together, and what was found while reading. */
export interface Partition {
  proposed: readonly Proposed[];
  issues: readonly Issue[];
}

export interface Submitted extends Written {
  ids: string[];
  /** How marks were understood, which is nobody's mistake. */
  notes: readonly UserError[];
}

export async function submitReports(
  context: Context,
  call: { operation: string; input: object & { idempotencyKey?: string | null }; dryRun?: boolean },
  incoming: Incoming,
): Promise<Submitted> {
  let notes: UserError[] = [];
  const written = await writeOnce(context, call, async (manager) => {
    const viewer = requireOfficer(context.viewer as Viewer);
    const run = new ValidationRun(textOrNull(incoming.comment) !== null);
    const pass = {
      manager,
      context,
      run,
      rounding: incoming.rounding,
      now: await readInstant(manager),
    };
    const ids: string[] = [];
    for await (const { proposed, issues } of incoming.partitions) {
      const warnings = run.say(issues);
      for (const one of proposed) {
        const accepted = await runValidation(pass, one);
        if (accepted === null || run.isBlocked || call.dryRun) continue;
        accepted.warnings.unshift(...warnings);
        ids.push(await store(manager, context, viewer, accepted));
      }
    }
    const { blocking, notes: understood } = run.end();
    notes = understood;
    if (blocking.length > 0 || call.dryRun) throw new Refusal(blocking);
    return ids.join();
  });
  return { ...written, notes, ids: written.id?.split(",") ?? [] };
}

function requireOfficer(viewer: Viewer): Viewer {
  if (isNationalAuthority(viewer) && viewer.roles.includes("OFFICER")) return viewer;
  throw refuse("FORBIDDEN", ["input"], "Submitting takes an officer of the reporting country.");
}

interface Accepted {
  draft: Draft;
  version: number;
  warnings: ReportWarning[];
}

interface Pass {
  manager: EntityManager;
  context: Context;
  run: ValidationRun;
  rounding: number;
  now: Date;
}

/** Takes turns with whoever writes the same report, until the end of the transaction. @returns null where it is none */
async function runValidation(pass: Pass, proposed: Proposed): Promise<Accepted | null> {
  const { manager, context, run } = pass;
  const { draft, issues } = understand(proposed, context.loaders.catalogue);
  const warnings = [...run.say(issues), ...(await judge(pass, proposed))];
  if (draft === null) return null;
  const key = keyOf((context.viewer as Viewer).partner, draft);
  await lockReport(manager, key);
  const standing = await readStanding(manager, key);
  const before = await readBefore(manager, standing);
  warnings.push(...run.say([...inPlace(draft, standing), ...unexplained(draft, before)]));
  return { draft, version: (standing.released?.version ?? 0) + 1, warnings };
}

/** Warnings that are kept with a report; all of them are told to who submits. */
const MOST_KEPT = 100;

/** By all rules; of an indicator that is none only that is said. */
async function judge(pass: Pass, proposed: Proposed): Promise<ReportWarning[]> {
  const { manager, context, run, rounding, now } = pass;
  const { catalogue } = context.loaders;
  const { figures, origin, indicator } = proposed;
  if (origin.file === null && !catalogue.indicator(indicator)) return [];
  const { partner } = context.viewer as Viewer;
  const circumstances = { partner, now, hasReason: hasReason(proposed), rounding };
  return run.judge(figures, await knowledgeFor(manager, catalogue, figures, circumstances));
}

interface Key {
  owner: string;
  indicator: string;
  period: string;
}

function keyOf(owner: string, { indicator, period }: Draft): Key {
  return { owner, indicator: indicator.code, period: period.code };
}

async function readBefore(manager: EntityManager, { released }: Standing): Promise<StoredFigure[]> {
  const id = released?.id ?? null;
  return id === null ? [] : ((await readFigures(manager, [id])).get(id) ?? []);
}

async function store(
  manager: EntityManager,
  context: Context,
  viewer: Viewer,
  { draft, version, warnings }: Accepted,
): Promise<string> {
  const { indicator, period, proposed } = draft;
  const figures = figuresOf(draft);
  const id = await insertSubmission(manager, viewer, {
    indicator: indicator.code,
    period,
    version,
    warnings: warnings.slice(0, MOST_KEPT),
    figures,
    reason: textOrNull(proposed.reason),
    comment: textOrNull(proposed.comment),
    methodNote: textOrNull(proposed.methodNote),
    dataAsOf: proposed.dataAsOf,
  });
  await logWrite(manager, context, "COLLECTION", { ...keyOf(viewer.partner, draft), figures });
  return id;
}

function textOrNull(text: string | null): string | null {
  return text?.trim() || null;
}
