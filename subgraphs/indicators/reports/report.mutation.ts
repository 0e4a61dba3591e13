import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { RequestContext } from "../../../shared/graphql/context";
import type { Written } from "../../../shared/graphql/mutation";
import { letterOf } from "../series/series.rules";
import { ValueStatus } from "../series/series.type";
import type { Origin, SubmittedFigure } from "../submission/figure";
import type { Loaders } from "./loaders";
import type { Proposed } from "./report.draft";
import {
  type FigureInput,
  ReportActInput,
  ReturnQuarterlyReportInput,
  SubmitQuarterlyReportInput,
} from "./report.input";
import { loadReport } from "./report.resolver";
import * as service from "./report.service";
import { ReportPayload } from "./report.type";
import { submitReports } from "./submit.service";

type Context = RequestContext<Loaders>;

const ERRORS =
  "Errors: FORBIDDEN. userErrors: BAD_USER_INPUT, FORBIDDEN, NOT_FOUND, REVISION_CONFLICT, IDEMPOTENCY_KEY_REUSED.";

@Resolver()
export class ReportMutations {
  @Mutation(() => ReportPayload, {
    nullable: true,
    description:
      "Submits what your country reports of one indicator for a quarter or a year, or amends it. Nobody else sees it until another person has approved it. Everything found is told at once. Errors: FORBIDDEN. userErrors: BAD_USER_INPUT, FORBIDDEN, PERIOD_CLOSED, REVISION_CONFLICT, IDEMPOTENCY_KEY_REUSED.",
  })
  async submitQuarterlyReport(
    @Ctx() context: Context,
    @Arg("input", () => SubmitQuarterlyReportInput) input: SubmitQuarterlyReportInput,
  ): Promise<ReportPayload> {
    const proposed = [toProposed(input, context.viewer?.partner ?? "")];
    const incoming = {
      partitions: [{ proposed, issues: [] }],
      rounding: 1,
      comment: input.comment ?? null,
    };
    return toPayload(
      context,
      await submitReports(context, { operation: "submitQuarterlyReport", input }, incoming),
    );
  }

  @Mutation(() => ReportPayload, {
    nullable: true,
    description: `Releases a submitted report to those whom agreements open it; takes an approver who has not submitted it. ${ERRORS}`,
  })
  async approveQuarterlyReport(
    @Ctx() context: Context,
    @Arg("input", () => ReportActInput) input: ReportActInput,
  ): Promise<ReportPayload> {
    return toPayload(context, await service.approveQuarterlyReport(context, input));
  }

  @Mutation(() => ReportPayload, {
    nullable: true,
    description: `Sends a submitted report back with reasons. ${ERRORS}`,
  })
  async returnQuarterlyReport(
    @Ctx() context: Context,
    @Arg("input", () => ReturnQuarterlyReportInput) input: ReturnQuarterlyReportInput,
  ): Promise<ReportPayload> {
    return toPayload(context, await service.returnQuarterlyReport(context, input));
  }

  @Mutation(() => ReportPayload, {
    nullable: true,
    description: `Takes a submitted report back before its release and erases its figures. ${ERRORS}`,
  })
  async withdrawQuarterlyReport(
    @Ctx() context: Context,
    @Arg("input", () => ReportActInput) input: ReportActInput,
  ): Promise<ReportPayload> {
    return toPayload(context, await service.withdrawQuarterlyReport(context, input));
  }
}

async function toPayload(context: Context, { id, userErrors }: Written): Promise<ReportPayload> {
  return { report: await loadReport(context, id), userErrors };
}

function toProposed(input: SubmitQuarterlyReportInput, reporter: string): Proposed {
  const { indicator, period, figures, baseVersion = null, reason = null, comment = null } = input;
  return {
    indicator,
    period,
    baseVersion,
    reason,
    comment,
    methodNote: input.methodNote ?? null,
    dataAsOf: input.dataAsOf ?? null,
    origin: originAt("input"),
    figures: figures.map((figure, at) => toSubmitted(figure, { indicator, period, reporter }, at)),
  };
}

function toSubmitted(
  { key, value = null, status }: FigureInput,
  of: Pick<SubmittedFigure, "indicator" | "period" | "reporter">,
  at: number,
): SubmittedFigure {
  const sorted = [...key].sort((one, other) => (one.dimension < other.dimension ? -1 : 1));
  return {
    ...of,
    origin: originAt("input", "figures", String(at)),
    dimensions: sorted.map(({ dimension }) => dimension),
    key: sorted.map(({ code }) => code),
    value,
    status: letterOf(status ?? null, value),
    unit: null,
    isLowerBound: status === ValueStatus.ESTIMATED,
    written: String(value),
  };
}

function originAt(...path: readonly string[]): Origin {
  return { file: null, line: null, column: null, path };
}
