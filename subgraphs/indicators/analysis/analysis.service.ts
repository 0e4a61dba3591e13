import type { EntityManager } from "typeorm";
import { textFault } from "../../../shared/free-text.rules";
import type { RequestContext } from "../../../shared/graphql/context";
import { type Call, type Written, writeOnce } from "../../../shared/graphql/mutation";
import { Refusal, refuse } from "../../../shared/graphql/user-error";
import { isSecretariat, type Viewer } from "../../../shared/viewer/viewer";
import type { Loaders } from "../series/loaders";
import { logClearance } from "./analysis.audit";
import * as commands from "./analysis.commands";
import type {
  AnalysisInput,
  AnalysisPartInput,
  AnalysisTextInput,
  ClearAnalysisInput,
} from "./analysis.input";
import { type PartRow, readParts, readReporters, readSteps, type Step } from "./analysis.queries";
import { type AnalysisAct, obstacle, partFaults, stateOf } from "./analysis.rules";

/**
 * How an analysis comes about: one transaction each. The desk convenes, writes and publishes; a country's people comment and
 * clear, two of them what is opened, one what is closed. The database asks all of this again (migrations/13-analysis.ts).
 */
type Context = RequestContext<Loaders>;
type DeskAct = "convene" | "open" | "close" | "publish";

const STEPS: Readonly<Record<DeskAct, Step>> = {
  convene: "CONVENED",
  open: "OPENED",
  close: "CLOSED",
  publish: "PUBLISHED",
};

export function step(
  context: Context,
  call: Call & { input: AnalysisInput },
  act: DeskAct,
): Promise<Written> {
  return write(context, call, act, async (manager, viewer) => {
    requireDesk(viewer);
    await commands.insertStep(manager, viewer, call.input.year, STEPS[act]);
  });
}

export function writeNarrative(context: Context, input: AnalysisTextInput): Promise<Written> {
  return write(context, { operation: "writeAnalysis", input }, "write", async (manager, viewer) => {
    requireDesk(viewer);
    requireText(input.body);
    await commands.insertNarrative(manager, viewer, input);
  });
}

export function comment(context: Context, input: AnalysisTextInput): Promise<Written> {
  return write(
    context,
    { operation: "commentAnalysis", input },
    "comment",
    async (manager, viewer) => {
      await requireCountry(manager, viewer);
      requireText(input.body);
      await commands.insertComment(manager, viewer, input);
    },
  );
}

/** Says what may stand in the common version and who may read it there; another person, an approver, clears it. */
export function proposePart(context: Context, input: AnalysisPartInput): Promise<Written> {
  return write(
    context,
    { operation: "proposeAnalysisPart", input },
    "propose",
    async (manager, viewer) => {
      await requireCountry(manager, viewer);
      const faults = partFaults(
        input,
        (code) => context.loaders.catalogue.indicator(code) !== undefined,
      );
      if (faults.length > 0) throw new Refusal(faults);
      const known = await ownPart(manager, viewer, input.year);
      if (known && stands(known))
        throw conflict("Your part is cleared. Take it back first (withdrawAnalysisPart).");
      await commands.insertPart(manager, viewer, {
        ...input,
        indicators: [...new Set(input.indicators)],
      });
    },
  );
}

/** Opens the part: its figures stand from now on as they are released now, for its audience once the desk publishes. */
export function clearPart(context: Context, input: ClearAnalysisInput): Promise<Written> {
  return write(
    context,
    { operation: "clearAnalysisPart", input },
    "clear",
    async (manager, viewer) => {
      requireApprover(viewer);
      const part = await ownPart(manager, viewer, input.year);
      if (!part || part.withdrawn_at !== null)
        throw refuse(
          "NOT_FOUND",
          YEAR,
          "Nobody of your country has proposed a part. Propose one first.",
        );
      if (stands(part)) throw conflict(`It was cleared already, by ${part.cleared_by}.`);
      if (part.id !== input.part)
        throw refuse(
          "REVISION_CONFLICT",
          ["input", "part"],
          "It is not the part that is proposed now. Read that first.",
        );
      if (part.proposed_by === viewer.id)
        throw refuse(
          "FORBIDDEN",
          YEAR,
          "You have proposed it yourself. It takes a second person to clear it.",
        );
      await commands.insertClearance(manager, viewer, part.id);
      await logClearance(manager, context, part);
    },
  );
}

/** Closes it, in whatever state the analysis is: from the next request on nobody else reads it. */
export function withdrawPart(context: Context, input: AnalysisInput): Promise<Written> {
  return write(
    context,
    { operation: "withdrawAnalysisPart", input },
    null,
    async (manager, viewer) => {
      requireApprover(viewer);
      const part = await ownPart(manager, viewer, input.year);
      if (!part || part.withdrawn_at !== null)
        throw refuse("NOT_FOUND", YEAR, "Your country has no part in it.");
      await commands.insertWithdrawal(manager, viewer, part.id);
    },
  );
}

const YEAR = ["input", "year"];
type Work = (manager: EntityManager, viewer: Viewer) => Promise<void>;

function write(
  context: Context,
  call: Call & { input: AnalysisInput },
  act: AnalysisAct | null,
  work: Work,
): Promise<Written> {
  return writeOnce(context, call, async (manager) => {
    const { year } = call.input;
    if (!Number.isInteger(year) || year < FIRST || year > LAST)
      throw refuse(
        "BAD_USER_INPUT",
        YEAR,
        `${year} is out of range. Name a year from ${FIRST} to ${LAST}.`,
      );
    await commands.lockYear(manager, year);
    const found = act && obstacle(stateOf(await readSteps(manager, year)), act);
    if (found) throw conflict(found);
    await work(manager, context.viewer as Viewer);
    return String(year);
  });
}

const FIRST = 1950;
const LAST = 2100;

const conflict = (message: string): Refusal => refuse("REVISION_CONFLICT", YEAR, message);

const stands = ({ cleared_at, withdrawn_at }: PartRow): boolean =>
  cleared_at !== null && withdrawn_at === null;

async function ownPart(
  manager: EntityManager,
  { partner }: Viewer,
  year: number,
): Promise<PartRow | undefined> {
  return (await readParts(manager, year)).find(({ owner }) => owner === partner);
}

function requireText(body: string): void {
  const found = textFault(body);
  if (found !== null) throw refuse("BAD_USER_INPUT", ["input", "body"], found);
}

function requireDesk(viewer: Viewer): void {
  if (viewer.roles.includes("DESK") && isSecretariat(viewer)) return;
  throw refuse("FORBIDDEN", YEAR, "This is the desk's of the Secretariat.");
}

function requireApprover({ roles }: Viewer): void {
  if (!roles.includes("APPROVER"))
    throw refuse("FORBIDDEN", YEAR, "This takes an approver of your country.");
}

async function requireCountry(manager: EntityManager, { partner, roles }: Viewer): Promise<void> {
  const acts = roles.includes("OFFICER") || roles.includes("APPROVER");
  if (acts && (await readReporters(manager)).includes(partner)) return;
  throw refuse("FORBIDDEN", YEAR, "This takes an officer or approver of a country that reports.");
}
