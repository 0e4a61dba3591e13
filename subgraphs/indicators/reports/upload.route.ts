import { badInput } from "../../../shared/errors/errors";
import type { RequestContext } from "../../../shared/graphql/context";
import { type FileAnswer, type FileRequest, jsonAnswer } from "../../../shared/graphql/files";
import type { UserError } from "../../../shared/graphql/user-error";
import { grouped } from "../../../shared/grouped";
import type { SubmittedFigure } from "../submission/figure";
import { addedUp } from "../submission/readers/read";
import type { Loaders } from "./loaders";
import type { Proposed } from "./report.draft";
import { type ReportRow, readReport } from "./report.queries";
import { type Partition, submitReports } from "./submit.service";
import { type Reading, readUpload } from "./upload.reader";

type Context = RequestContext<Loaders>;

/** A file of figures on its way in: all of its reports or none, by the same examination and transaction as the mutation. */
export async function uploadRoute(context: Context, request: FileRequest): Promise<FileAnswer> {
  const { parameters, digest } = request;
  const dryRun = flag("dryRun", parameters.dryRun);
  const common = commonOf(parameters);
  const reading = await readUpload(request, context.viewer?.partner ?? "");
  try {
    const input = { ...parameters, digest, idempotencyKey: parameters["idempotency-key"] ?? null };
    const call = { operation: "uploadReports", input, dryRun };
    const incoming = { rounding: reading.mapping.rounding ?? 1, comment: common.comment };
    const { ids, userErrors, notes } = await submitReports(context, call, {
      ...incoming,
      partitions: partitionsOf(reading, common),
    });
    const { file, understood, partitions } = reading;
    const told = {
      dryRun,
      file,
      understood,
      figures: partitions.size,
      reports: await reportsOf(context, ids),
    };
    return jsonAnswer(statusOf(userErrors, dryRun), { ...told, userErrors, notes });
  } finally {
    await reading.partitions.remove();
  }
}

function statusOf(userErrors: readonly UserError[], dryRun: boolean): number {
  if (userErrors.length === 0) return dryRun ? 200 : 201;
  return userErrors.some(({ code }) => code === "FORBIDDEN") ? 403 : 422;
}

function flag(name: string, text = "false"): boolean {
  if (text === "true" || text === "false") return text === "true";
  throw badInput(name, `"${text}" is neither true nor false.`);
}

/** What is said of all reports of a file. */
type Common = Pick<Proposed, "baseVersion" | "reason" | "comment" | "methodNote" | "dataAsOf">;

function commonOf({
  reason,
  comment,
  methodNote,
  dataAsOf,
  baseVersion,
}: FileRequest["parameters"]): Common {
  const base = baseVersion === undefined ? null : Number(baseVersion);
  if (base !== null && !Number.isInteger(base))
    throw badInput("baseVersion", `"${baseVersion}" is not a version.`);
  return {
    baseVersion: base,
    reason: reason ?? null,
    comment: comment ?? null,
    methodNote: methodNote ?? null,
    dataAsOf: dataAsOf ?? null,
  };
}

/** One report for each indicator and period of the file; whose they are is checked figure by figure. */
async function* partitionsOf(
  { mapping, partitions }: Reading,
  common: Common,
): AsyncGenerator<Partition> {
  for await (const partition of partitions.all()) {
    const { figures, issues } = addedUp(partition, mapping);
    const reports = [...grouped(figures, ({ period }) => period).values()] as [
      SubmittedFigure,
      ...SubmittedFigure[],
    ][];
    const proposed = reports.map((some) => {
      const [{ indicator, period, origin }] = some;
      return { indicator, period, figures: some, origin, ...common };
    });
    yield { issues, proposed: proposed.sort((one, other) => (one.period < other.period ? -1 : 1)) };
  }
}

async function reportsOf(context: Context, ids: readonly string[]) {
  const rows = await context.read(async (manager) => {
    const found: (ReportRow | null)[] = [];
    for (const id of ids) found.push(await readReport(manager, id));
    return found.filter((row) => row !== null);
  });
  return rows.map(({ id, indicator, period, version, state }) => ({
    id,
    indicator,
    period,
    version,
    state,
  }));
}
