import type { EntityManager } from "typeorm";
import type { RequestContext } from "../../shared/graphql/context";
import { type Written, writeOnce } from "../../shared/graphql/mutation";
import { Refusal, refuse } from "../../shared/graphql/user-error";
import { isCountry, type Viewer } from "../../shared/identity/viewer";
import { logWrite } from "./report.audit";
import { insertSubmission, lockReport } from "./report.commands";
import { type Draft, figuresOf, type Proposed, toUserError, understand } from "./report.draft";
import { inPlace, inTime, unexplained } from "./report.order";
import { readFigures, readInstant, readStanding, type Standing, type StoredFigure } from "./report.queries";
import { misfits } from "./report.structure";
import type { ReportWarning } from "./report.type";
import type { Room } from "./room";
import type { Issue } from "./submission/issue";

/**
 * Reports on their way in, one or as many as a file holds: all of them or none, and everything that is wrong at once.
 * The mutation, an upload and a dry run come through here.
 */
type Context = RequestContext<Room>;

export async function submitReports(
  context: Context,
  call: { operation: string; input: object & { idempotencyKey?: string | null }; dryRun?: boolean },
  proposed: readonly Proposed[],
  reading: readonly Issue[] = [],
): Promise<Written & { ids: string[] }> {
  const written = await writeOnce(context, call, async (manager) => {
    const viewer = requireOfficer(context.viewer as Viewer);
    const accepted = await examine(manager, context, proposed, reading);
    if (call.dryRun) throw new Refusal([]);
    const ids: string[] = [];
    for (const one of accepted) ids.push(await store(manager, context, viewer, one));
    return ids.join();
  });
  return { ...written, ids: written.id?.split(",") ?? [] };
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
  reading: readonly Issue[],
): Promise<Accepted[]> {
  const { catalogue } = context.room;
  const understood = proposed.map((one) => understand(one, catalogue));
  const answered = proposed.some(({ comment }) => (comment ?? "").trim() !== "");
  const issues = [...blocking(reading, answered), ...understood.flatMap((one) => one.issues)];
  const drafts = understood.flatMap(({ draft }) => draft ?? []);
  const owner = (context.viewer as Viewer).partner;
  // In one order for everybody, so that two files never wait for each other.
  for (const key of drafts.map((draft) => keyOf(owner, draft)).sort(byText)) await lockReport(manager, key);
  const now = await readInstant(manager);
  const accepted: Accepted[] = [];
  for (const draft of drafts) {
    const standing = await readStanding(manager, keyOf(owner, draft));
    const before = await readBefore(manager, standing);
    const found = [
      ...[...inPlace(draft, standing), ...inTime(draft, standing, now)],
      ...[...misfits(draft, catalogue, owner), ...unexplained(draft, before)],
    ];
    const warnings = found.filter(isWarning);
    issues.push(...blocking(found, answered));
    const told = [...warnings, ...reading.filter(isWarning)].map(({ rule, message }) => ({ rule, message }));
    accepted.push({ draft, version: (standing.released?.version ?? 0) + 1, warnings: told });
  }
  if (issues.length > 0) throw new Refusal(issues.map(toUserError));
  return accepted;
}

const isWarning = ({ severity }: Issue): boolean => severity === "WARNING";

/** Errors, and warnings that nobody has answered. */
function blocking(issues: readonly Issue[], answered: boolean): Issue[] {
  return issues.flatMap((issue) => {
    if (issue.severity === "ERROR") return [issue];
    if (issue.severity === "INFO" || answered) return [];
    return [{ ...issue, remedy: `${issue.remedy} Or answer it with a comment.` }];
  });
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
