import type { EntityManager } from "typeorm";
import type { RequestContext } from "../../shared/graphql/context";
import { type Written, writeOnce } from "../../shared/graphql/mutation";
import { Refusal, refuse, type UserError } from "../../shared/graphql/user-error";
import { isCountry, type Viewer } from "../../shared/identity/viewer";
import { logWrite } from "./report.audit";
import { insertSubmission, lockReport } from "./report.commands";
import { type Draft, faultAt, type Proposed, understand } from "./report.draft";
import { readFigures, readInstant, readStanding, type Standing } from "./report.queries";
import { isClosed, isOver, silentChanges } from "./report.rules";
import type { ReportWarning } from "./report.type";
import type { Room } from "./room";

/**
 * Reports on their way in, one or as many as a file holds: all of them or none, and everything that is wrong at once.
 * The mutation, an upload and a dry run come through here.
 */
type Context = RequestContext<Room>;

export async function submitReports(
  context: Context,
  call: { operation: string; input: object & { idempotencyKey?: string | null }; dryRun?: boolean },
  proposed: readonly Proposed[],
): Promise<Written & { ids: string[] }> {
  const written = await writeOnce(context, call, async (manager) => {
    const viewer = requireOfficer(context.viewer as Viewer);
    const accepted = await examine(manager, context, proposed);
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

async function examine(manager: EntityManager, context: Context, proposed: readonly Proposed[]): Promise<Accepted[]> {
  const understood = proposed.map((one) => understand(one, context.room.catalogue));
  const faults = understood.flatMap((one) => one.faults);
  const drafts = understood.flatMap(({ draft }) => draft ?? []);
  const owner = (context.viewer as Viewer).partner;
  const keys = drafts.map(({ indicator, period }) => ({ owner, indicator: indicator.code, period: period.code }));
  // In one order for everybody, so that two files never wait for each other.
  for (const key of [...keys].sort((one, other) => (textOf(one) < textOf(other) ? -1 : 1)))
    await lockReport(manager, key);
  const accepted: Accepted[] = [];
  for (const [at, draft] of drafts.entries()) {
    const examined = await examineOne(manager, draft, keys[at] as (typeof keys)[number]);
    faults.push(...examined.faults);
    accepted.push({ draft, version: examined.version, warnings: examined.warnings });
  }
  if (faults.length > 0) throw new Refusal(faults);
  return accepted;
}

function textOf({ indicator, period }: { indicator: string; period: string }): string {
  return `${indicator}/${period}`;
}

async function examineOne(
  manager: EntityManager,
  draft: Draft,
  key: { owner: string; indicator: string; period: string },
) {
  const standing = await readStanding(manager, key);
  const faults = faultsOf(draft, standing, await readInstant(manager));
  const id = standing.released?.id ?? null;
  const before = id === null ? [] : ((await readFigures(manager, [id])).get(id) ?? []);
  const warned = silentChanges(before, draft.figures).map(({ place, dimensions, key: codes }) => ({
    place,
    rule: "silent-change",
    message: `${nameOf(dimensions, codes)} changes by half or more since the version before it. If it is counted otherwise, say so by its status (DEFINITION_DIFFERS or BREAK).`,
  }));
  const unanswered = draft.proposed.comment?.trim() ? [] : warned;
  const version = (standing.released?.version ?? 0) + 1;
  const asked = unanswered.map(({ place, message }) => faultAt(place, `${message} Or answer it with a comment.`));
  return { version, warnings: warned.map(({ rule, message }) => ({ rule, message })), faults: [...faults, ...asked] };
}

function nameOf(dimensions: readonly string[], key: readonly string[]): string {
  return dimensions.length === 0 ? "The total" : key.join(" × ");
}

/** What is wrong with the report as a whole: with its place in the order of versions and with its period. */
function faultsOf({ proposed, period }: Draft, { released, open }: Standing, now: Date): UserError[] {
  const faults: UserError[] = [];
  const say = (field: string, message: string, code: UserError["code"] = "BAD_USER_INPUT") =>
    faults.push(faultAt({ ...proposed.place, path: [...proposed.place.path, field] }, message, code));
  const current = released?.version ?? 0;
  if (open !== null) {
    const message = `Version ${open} waits for its approver. Withdraw it, or have it returned, and submit again.`;
    say("baseVersion", message, "REVISION_CONFLICT");
  } else if ((proposed.baseVersion ?? 0) !== current) {
    const name = current === 0 ? "Nothing is released yet: leave it out." : `The current version is ${current}.`;
    say("baseVersion", `${name} Read it, and name it as \`baseVersion\`.`, "REVISION_CONFLICT");
  }
  const hasReason = (proposed.reason ?? "").trim() !== "";
  if (current > 0 && !hasReason) say("reason", "An amendment says why there is another version.");
  if (!isOver(period, now)) say("period", `${period.code} is not over yet.`);
  if (current === 0 && isClosed(period, now) && !hasReason) {
    say("period", `${period.code} is closed: it ended ten years ago or more. Give a reason.`, "PERIOD_CLOSED");
  }
  return faults;
}

async function store(
  manager: EntityManager,
  context: Context,
  viewer: Viewer,
  { draft, version, warnings }: Accepted,
): Promise<string> {
  const { indicator, period, figures, proposed } = draft;
  const id = await insertSubmission(manager, viewer, {
    ...{ indicator: indicator.code, period, version, warnings, figures },
    ...{ reason: textOrNull(proposed.reason), comment: textOrNull(proposed.comment) },
    ...{ methodNote: textOrNull(proposed.methodNote), dataAsOf: proposed.dataAsOf },
  });
  const written = { owner: viewer.partner, indicator: indicator.code, period: period.code, figures };
  await logWrite(manager, context, "COLLECTION", written);
  return id;
}

function textOrNull(text: string | null): string | null {
  return text?.trim() || null;
}
