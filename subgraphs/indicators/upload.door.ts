import type { RequestContext } from "../../shared/graphql/context";
import { badInput } from "../../shared/graphql/errors";
import { type FileAnswer, type FileRequest, jsonAnswer } from "../../shared/graphql/files";
import type { UserError } from "../../shared/graphql/user-error";
import { grouped } from "../../shared/grouped";
import { type Proposed, toUserError } from "./report.draft";
import { type ReportRow, readReport } from "./report.queries";
import type { Room } from "./room";
import type { SubmittedFigure } from "./submission/figure";
import { submitReports } from "./submit.service";
import { type Reading, readUpload } from "./upload.reader";

type Context = RequestContext<Room>;

/** A file of figures on its way in: all of its reports or none, by the same examination and transaction as the mutation. */
export async function uploadDoor(context: Context, request: FileRequest): Promise<FileAnswer> {
  const { parameters } = request;
  const dryRun = flag("dryRun", parameters.dryRun);
  const reading = await readUpload(request, context.viewer?.partner ?? "");
  const input = { ...parameters, digest: reading.digest, idempotencyKey: parameters["idempotency-key"] ?? null };
  const call = { operation: "uploadReports", input, dryRun };
  const { ids, userErrors } = await submitReports(context, call, reportsIn(reading.figures, parameters), reading);
  const rows = await context.read(async (manager) => {
    const reports: (ReportRow | null)[] = [];
    for (const id of ids) reports.push(await readReport(manager, id));
    return reports.filter((row) => row !== null);
  });
  return answer(statusOf(userErrors, dryRun), dryRun, rows, userErrors, reading);
}

function statusOf(userErrors: readonly UserError[], dryRun: boolean): number {
  if (userErrors.length === 0) return dryRun ? 200 : 201;
  return userErrors.some(({ code }) => code === "FORBIDDEN") ? 403 : 422;
}

function flag(name: string, text = "false"): boolean {
  if (text === "true" || text === "false") return text === "true";
  throw badInput(name, `"${text}" is neither true nor false.`);
}

/** One report for each indicator and period of the file; whose they are is checked figure by figure. */
function reportsIn(figures: readonly SubmittedFigure[], parameters: FileRequest["parameters"]): Proposed[] {
  const reports = grouped(figures, ({ indicator, period }) => `${indicator}/${period}`);
  const { reason = null, comment = null, methodNote = null, dataAsOf = null, baseVersion } = parameters;
  const base = baseVersion === undefined ? null : Number(baseVersion);
  if (base !== null && !Number.isInteger(base)) throw badInput("baseVersion", `"${baseVersion}" is not a version.`);
  return [...reports.values()].map((some) => ({
    ...{ indicator: some[0]?.indicator ?? "", period: some[0]?.period ?? "", figures: some },
    ...{ baseVersion: base, reason, comment, methodNote, dataAsOf },
    origin: (some[0] as SubmittedFigure).origin,
  }));
}

function answer(
  status: number,
  dryRun: boolean,
  rows: readonly ReportRow[],
  userErrors: readonly UserError[],
  { file, figures, issues, understood }: Reading,
): FileAnswer {
  const reports = rows.map(({ id, indicator, period, version, state }) => ({ id, indicator, period, version, state }));
  const notes = issues.filter(({ severity }) => severity === "INFO").map(toUserError);
  const told = { dryRun, file, understood, figures: figures.length };
  return jsonAnswer(status, { ...told, reports, userErrors, notes });
}
