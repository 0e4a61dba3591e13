import type { EntityManager } from "typeorm";
import { readInstant } from "../../shared/database/terms.queries";
import type { RequestContext } from "../../shared/graphql/context";
import { type Written, writeOnce } from "../../shared/graphql/mutation";
import { Refusal, refuse } from "../../shared/graphql/user-error";
import { isCountry, type Viewer } from "../../shared/identity/viewer";
import { logWrite } from "./report.audit";
import { insertSubmission, lockReport } from "./report.commands";
import { type Draft, figuresOf, inField, type Proposed, toUserError, understand } from "./report.draft";
import { knowledgeFor } from "./report.knowledge";
import { hasReason, inPlace, unexplained } from "./report.order";
import { readFigures, readStanding, type Standing, type StoredFigure } from "./report.queries";
import type { ReportWarning } from "./report.type";
import type { Room } from "./room";
import type { Issue } from "./submission/issue";
import { validateNow } from "./submission/validate";

/**
 * Reports on their way in, one or as many as a file holds: all of them or none, and everything that is wrong at once.
 * The mutation, an upload and a dry run come through here.
 */
type Context = RequestContext<Room>;

export async function submitReports(
  context: Context,
  call: { operation: string; input: object & { idempotencyKey?: string | null }; dryRun?: boolean },
  proposed: readonly Proposed[],
  read: ReadFrom = { issues: [], rounding: 1 },
): Promise<Written & { ids: string[] }> {
  const written = await writeOnce(context, call, async (manager) => {
    const viewer = requireOfficer(context.viewer as Viewer);
    const accepted = await examine(manager, context, proposed, read);
    if (call.dryRun) throw new Refusal([]);
    const ids: string[] = [];
    for (const one of accepted) ids.push(await store(manager, context, viewer, one));
    return ids.join();
  });
  return { ...written, ids: written.id?.split(",") ?? [] };
}

/** What a file told on the way in, and what its source rounds to. */
export interface ReadFrom {
  issues: readonly Issue[];
  rounding: number;
}

function requireOfficer(viewer: Viewer): Viewer {
  if (isCountry(viewer.partner) && viewer.roles.includes("OFFICER")) return viewer;
  throw refuse("FORBIDDEN", ["input"], "Submitting takes an officer of the reporting country.");
}

interface Accepted {
  draft: Draft;
  version: number;
  warnings: readonly ReportWarning[];
}

async function examine(
  manager: EntityManager,
  context: Context,
  proposed: readonly Proposed[],
  read: ReadFrom,
): Promise<Accepted[]> {
  const { catalogue } = context.room;
  const owner = (context.viewer as Viewer).partner;
  const understood = proposed.map((one) => understand(one, catalogue));
  const judged = await judge(manager, context, proposed, read.rounding);
  const whole = [...read.issues, ...understood.flatMap((one) => one.issues), ...judged];
  const drafts = understood.flatMap(({ draft }) => draft ?? []);
  // In one order for everybody, so that two files never wait for each other.
  for (const key of drafts.map((draft) => keyOf(owner, draft)).sort(byText)) await lockReport(manager, key);
  const accepted: Accepted[] = [];
  for (const draft of drafts) {
    const standing = await readStanding(manager, keyOf(owner, draft));
    const found = [...inPlace(draft, standing), ...unexplained(draft, await readBefore(manager, standing))];
    const warnings = [...whole, ...found].filter(isWarning).map(({ rule, message }) => ({ rule, message }));
    accepted.push({ draft, version: (standing.released?.version ?? 0) + 1, warnings: warnings.slice(0, MOST_KEPT) });
    whole.push(...found);
  }
  const answered = proposed.some(({ comment }) => (comment ?? "").trim() !== "");
  const blocking = whole.flatMap((issue) => (isBlocking(issue, answered) ? [toUserError(asking(issue))] : []));
  if (blocking.length > 0) throw new Refusal(blocking);
  return accepted;
}

/** Warnings that are kept with a report; all of them are told to who submits. */
const MOST_KEPT = 100;

/** All figures by all rules; of an indicator that is none only that is said. */
async function judge(
  manager: EntityManager,
  { viewer, room: { catalogue } }: Context,
  proposed: readonly Proposed[],
  rounding: number,
): Promise<Issue[]> {
  const figures = proposed.flatMap((one) => {
    const isSaid = one.origin.file === null && !catalogue.indicator(one.indicator);
    return isSaid ? [] : one.figures;
  });
  const now = await readInstant(manager);
  const circumstances = { partner: viewer?.partner ?? "", now, hasReason: proposed.some(hasReason), rounding };
  const { issues, omitted } = validateNow(figures, await knowledgeFor(manager, catalogue, figures, circumstances));
  const [first] = issues;
  if (omitted === 0 || !first) return issues.map(inField);
  const more = { ...first, rule: "more", message: `There are ${omitted} more.`, remedy: "Mend these first." };
  return [...issues, more].map(inField);
}

const isWarning = ({ severity }: Issue): boolean => severity === "WARNING";

function isBlocking({ severity }: Issue, answered: boolean): boolean {
  return severity === "ERROR" || (severity === "WARNING" && !answered);
}

function asking(issue: Issue): Issue {
  return isWarning(issue) ? { ...issue, remedy: `${issue.remedy} Or answer it with a comment.` } : issue;
}

interface Key {
  owner: string;
  indicator: string;
  period: string;
}

function keyOf(owner: string, { indicator, period }: Draft): Key {
  return { owner, indicator: indicator.code, period: period.code };
}

function byText(one: Key, other: Key): number {
  return `${one.indicator}/${one.period}` < `${other.indicator}/${other.period}` ? -1 : 1;
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
    ...{ indicator: indicator.code, period, version, warnings, figures },
    ...{ reason: textOrNull(proposed.reason), comment: textOrNull(proposed.comment) },
    ...{ methodNote: textOrNull(proposed.methodNote), dataAsOf: proposed.dataAsOf },
  });
  await logWrite(manager, context, "COLLECTION", { ...keyOf(viewer.partner, draft), figures });
  return id;
}

function textOrNull(text: string | null): string | null {
  return text?.trim() || null;
}
