import type { EntityManager } from "typeorm";
import { readInstant } from "../../../shared/database/terms.queries";
import type { RequestContext } from "../../../shared/graphql/context";
import { type Call, type Written, writeOnce } from "../../../shared/graphql/mutation";
import { type Refusal, refuse } from "../../../shared/graphql/user-error";
import { type Period, parsePeriod } from "../../../shared/period";
import { mayApprove, type Viewer } from "../../../shared/viewer/viewer";
import { storeRelease } from "../release/release.service";
import type { Loaders } from "./loaders";
import { logWrite } from "./report.audit";
import { decideSubmission, eraseFigures, lockReport, lockYear } from "./report.commands";
import type { ReportActInput, ReturnQuarterlyReportInput } from "./report.input";
import {
  type ReportRow,
  readFigures,
  readLinked,
  readReleaseRules,
  readReport,
} from "./report.queries";

/**
 * What becomes of a submitted report: one transaction each, logged in it, and only by people of its owner. Releasing takes
 * an approver who is not its submitter; the database asks all of this again (migrations/7-reports.ts).
 */
type Context = RequestContext<Loaders>;

/** Moves it to where others read it, under disclosure control, and closes the version before it at the same instant. */
export function approveQuarterlyReport(context: Context, input: ReportActInput): Promise<Written> {
  return decide(
    context,
    { operation: "approveQuarterlyReport", input },
    async (manager, viewer, row) => {
      requireApprover(viewer);
      if (row.submitted_by === viewer.id) {
        throw refuse(
          "FORBIDDEN",
          ["input", "id"],
          "You have submitted it yourself. It takes a second person to release it.",
        );
      }
      await lockYear(manager, row);
      const figures = (await readFigures(manager, [row.id])).get(row.id) ?? [];
      const release = {
        owner: row.owner,
        indicator: row.indicator,
        period: parsePeriod(row.period) as Period,
        figures,
        linked: await readLinked(manager, row),
        version: row.version,
        reason: row.reason,
        submissionId: row.id,
        submittedBy: row.submitted_by,
        submittedAt: row.submitted_at,
        approvedBy: viewer.id,
        releasedAt: await readInstant(manager),
      };
      await storeRelease(
        manager,
        release,
        await readReleaseRules(manager, context.loaders.catalogue),
      );
      await decideSubmission(manager, viewer, row, { state: "RELEASED" });
      await logWrite(manager, context, "ALTERATION", { ...row, figures });
    },
  );
}

/** Sends it back to be mended and submitted again. */
export function returnQuarterlyReport(
  context: Context,
  input: ReturnQuarterlyReportInput,
): Promise<Written> {
  return decide(
    context,
    { operation: "returnQuarterlyReport", input },
    async (manager, viewer, row) => {
      requireApprover(viewer);
      const reasons = input.reasons.map((reason) => reason.trim());
      if (
        reasons.length === 0 ||
        reasons.some((reason) => reason === "" || reason.length > 2_000)
      ) {
        throw refuse(
          "BAD_USER_INPUT",
          ["input", "reasons"],
          "Say what has to be mended, each in 1 to 2000 characters.",
        );
      }
      await decideSubmission(manager, viewer, row, { state: "RETURNED", reasons });
      await logWrite(manager, context, "ALTERATION", { ...row, figures: [] });
    },
  );
}

/** Takes it back before anybody else has seen it, and erases its figures; that it was there stays written. */
export function withdrawQuarterlyReport(context: Context, input: ReportActInput): Promise<Written> {
  return decide(
    context,
    { operation: "withdrawQuarterlyReport", input },
    async (manager, viewer, row) => {
      const figures = (await readFigures(manager, [row.id])).get(row.id) ?? [];
      await decideSubmission(manager, viewer, row, { state: "WITHDRAWN" });
      await eraseFigures(manager, row);
      await logWrite(manager, context, "ERASURE", { ...row, figures });
    },
  );
}

function decide(
  context: Context,
  call: Call & { input: ReportActInput },
  work: (manager: EntityManager, viewer: Viewer, row: ReportRow) => Promise<void>,
): Promise<Written> {
  return writeOnce(context, call, async (manager) => {
    const found = await readReport(manager, call.input.id);
    // The same words whether there is none or it is another country's: it exists for its owner's people.
    if (!found)
      throw refuse("NOT_FOUND", ["input", "id"], "Your country has no report of that id.");
    await lockReport(manager, found);
    const row = (await readReport(manager, found.id)) as ReportRow;
    if (row.state !== "SUBMITTED") throw decided(row);
    await work(manager, context.viewer as Viewer, row);
    return row.id;
  });
}

function decided({ state, version, decided_by: by }: ReportRow): Refusal {
  const message = `Version ${version} was ${state.toLowerCase()} already, by ${by}. Read it again.`;
  return refuse("REVISION_CONFLICT", ["input", "id"], message);
}

function requireApprover(viewer: Viewer): void {
  if (mayApprove(viewer)) return;
  throw refuse("FORBIDDEN", ["input", "id"], "This takes an approver of your country.");
}
