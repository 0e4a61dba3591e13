import type { EntityManager } from "typeorm";
import type { RequestContext } from "../../../shared/graphql/context";
import { type Call, type Written, writeOnce } from "../../../shared/graphql/mutation";
import { refuse } from "../../../shared/graphql/user-error";
import type { Viewer } from "../../../shared/viewer/viewer";
import { conflict, Faults, requireNational, requireSecond, textFault } from "../input.rules";
import { logWrite } from "../write.audit";
import * as commands from "./profile.commands";
import type {
  PresentProfileInput,
  ProfileActInput,
  ReturnProfileInput,
  WriteProfileInput,
} from "./profile.input";
import { type DraftRow, readDraft, readProfiles } from "./profile.queries";
import { after, isMarkedWider, movesFrom, type ProfileMove, sayProfile } from "./profile.rules";

/**
 * A profile's way: draft, submitted, presented at a meeting, published. One country has one version under way; publishing opens
 * it, so it takes another person than who submitted it.
 */
const REVISION = ["input", "revision"];

/** Begins a version where none is under way, and rewrites it while it is a draft. */
export function writeProfile(context: RequestContext, input: WriteProfileInput): Promise<Written> {
  return work(context, { operation: "writeProfile", input }, async (manager, viewer, draft) => {
    const faults = new Faults();
    sayProfile(faults.say, input);
    const [newest] = await readProfiles(manager, [viewer.partner]);
    if (newest && !input.widensMarking && isMarkedWider(input, newest))
      faults.say(
        "widensMarking",
        "It would be marked less closely than what is published. Say so with `true`.",
      );
    faults.check();
    if (draft === null) {
      if (input.revision != null) throw conflict(REVISION, "No version is under way.");
      return commands.insertDraft(manager, viewer, (newest?.version ?? 0) + 1, input);
    }
    requireMove(draft, input.revision ?? null, "WRITE");
    return commands.rewriteDraft(manager, viewer, draft, input);
  });
}

export function submitProfile(context: RequestContext, input: ProfileActInput): Promise<Written> {
  return move(context, { operation: "submitProfile", input }, "SUBMIT", (manager, viewer, draft) =>
    commands.submit(manager, viewer, draft),
  );
}

/** Back to a draft, to be mended: by whoever reads it, before anybody else has. */
export function returnProfile(
  context: RequestContext,
  input: ReturnProfileInput,
): Promise<Written> {
  return move(
    context,
    { operation: "returnProfile", input },
    "RETURN",
    (manager, _viewer, draft) => {
      const found = textFault(input.reason, 500);
      if (found !== null) throw refuse("BAD_USER_INPUT", ["input", "reason"], found);
      return commands.sendBack(manager, draft, input.reason);
    },
  );
}

export function presentProfile(
  context: RequestContext,
  input: PresentProfileInput,
): Promise<Written> {
  return move(
    context,
    { operation: "presentProfile", input },
    "PRESENT",
    async (manager, _viewer, draft) => {
      const meeting = await commands.heldMeeting(manager, input.meeting);
      if (meeting === null)
        throw refuse(
          "BAD_USER_INPUT",
          ["input", "meeting"],
          "No such meeting has been held. Use the number of a past one.",
        );
      await commands.present(manager, draft, meeting);
    },
  );
}

export function publishProfile(context: RequestContext, input: ProfileActInput): Promise<Written> {
  return move(
    context,
    { operation: "publishProfile", input },
    "PUBLISH",
    (manager, viewer, draft) => {
      requireSecond(
        viewer,
        { actor: draft.submitted_by, approver: draft.submitted_by_approver },
        REVISION,
      );
      return commands.publish(manager, viewer, draft);
    },
  );
}

function move(
  context: RequestContext,
  call: Call & { input: ProfileActInput },
  name: ProfileMove,
  act: (manager: EntityManager, viewer: Viewer, draft: DraftRow) => Promise<void>,
): Promise<Written> {
  return work(context, call, (manager, viewer, draft) => {
    if (draft === null)
      throw refuse("NOT_FOUND", REVISION, "No version is under way. Begin one with writeProfile.");
    requireMove(draft, call.input.revision, name);
    return act(manager, viewer, draft);
  });
}

function requireMove({ state, revision }: DraftRow, read: number | null, name: ProfileMove): void {
  if (read !== revision) throw conflict(REVISION, `It is at revision ${revision}.`);
  if (after(state, name) !== null) return;
  const possible = movesFrom(state).join(", ");
  throw refuse(
    "BAD_USER_INPUT",
    REVISION,
    `It is ${state.toLowerCase()}: what can be done is ${possible}.`,
  );
}

function work(
  context: RequestContext,
  call: Call,
  act: (manager: EntityManager, viewer: Viewer, draft: DraftRow | null) => Promise<void>,
): Promise<Written> {
  return writeOnce(context, call, async (manager) => {
    const viewer = context.viewer as Viewer;
    requireNational(viewer);
    await commands.lockProfile(manager, viewer.partner);
    await act(manager, viewer, await readDraft(manager, viewer.partner));
    await logWrite(manager, context, { category: "PROFILE" });
    return viewer.partner;
  });
}
