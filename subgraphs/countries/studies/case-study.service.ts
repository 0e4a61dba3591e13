import type { EntityManager } from "typeorm";
import type { RequestContext } from "../../../shared/graphql/context";
import { type Call, type Written, writeOnce } from "../../../shared/graphql/mutation";
import { refuse } from "../../../shared/graphql/user-error";
import type { Viewer } from "../../../shared/viewer/viewer";
import { conflict, Faults, requireOwner, requireSecond } from "../input.rules";
import { unknownPartners } from "../meetings/meeting.commands";
import { readMeeting } from "../meetings/meeting.queries";
import { logWrite } from "../write.audit";
import * as commands from "./case-study.commands";
import type {
  AddCaseStudyInput,
  AmendCaseStudyInput,
  CaseStudyActInput,
  ShareCaseStudyInput,
} from "./case-study.input";
import { readStudy, type StudyRow } from "./case-study.queries";
import {
  after,
  movesFrom,
  type StudyMove,
  sayAudience,
  sayStudy,
  titleOf,
} from "./case-study.rules";

/**
 * A case study is private until two people of its owner share it, one by one, with COLEP or with partners by name. It changes
 * while it is private only: what others read, two people have read. Taking it back takes one.
 */
const ID = ["input", "id"];

export function addCaseStudy(context: RequestContext, input: AddCaseStudyInput): Promise<Written> {
  return writeOnce(context, { operation: "addCaseStudy", input }, async (manager) => {
    const viewer = context.viewer as Viewer;
    requireOwner(viewer);
    const { exercise } = input;
    const id = await commands.insertStudy(manager, viewer, {
      exercise,
      ...(await settle(manager, input, exercise)),
    });
    await logWrite(manager, context, {
      category: "CASE_STUDY",
      operation: "COLLECTION",
      detail: id,
    });
    return id;
  });
}

export function amendCaseStudy(
  context: RequestContext,
  input: AmendCaseStudyInput,
): Promise<Written> {
  return move(
    context,
    { operation: "amendCaseStudy", input },
    "AMEND",
    async (manager, viewer, row) => {
      await commands.rewriteStudy(manager, viewer, row, await settle(manager, input, row.exercise));
    },
  );
}

export function shareCaseStudy(
  context: RequestContext,
  input: ShareCaseStudyInput,
): Promise<Written> {
  return move(
    context,
    { operation: "shareCaseStudy", input },
    "SHARE",
    async (manager, viewer, row) => {
      const faults = new Faults();
      sayAudience(faults.say, input, row);
      const unknown = await unknownPartners(manager, input.partners);
      input.partners.forEach((partner, at) => {
        if (unknown.includes(partner))
          faults.say(["partners", at], "is no partner that could read it. Use a partner's code.");
      });
      faults.check();
      await commands.proposeSharing(manager, viewer, row, input);
    },
  );
}

export function confirmCaseStudy(
  context: RequestContext,
  input: CaseStudyActInput,
): Promise<Written> {
  return move(
    context,
    { operation: "confirmCaseStudy", input },
    "CONFIRM",
    (manager, viewer, row) => {
      requireSecond(viewer, { actor: row.proposed_by, approver: row.proposed_by_approver }, ID);
      return commands.share(manager, viewer, row);
    },
  );
}

/** From the commit on nobody else reads it. */
export function withdrawCaseStudy(
  context: RequestContext,
  input: CaseStudyActInput,
): Promise<Written> {
  return move(
    context,
    { operation: "withdrawCaseStudy", input },
    "WITHDRAW",
    (manager, _viewer, row) => commands.withdraw(manager, row),
  );
}

function move(
  context: RequestContext,
  call: Call & { input: { id: string; revision: number } },
  name: StudyMove,
  act: (manager: EntityManager, viewer: Viewer, row: StudyRow) => Promise<void>,
): Promise<Written> {
  return writeOnce(context, call, async (manager) => {
    const viewer = context.viewer as Viewer;
    requireOwner(viewer);
    await commands.lockStudy(manager, call.input.id);
    const row = await readStudy(manager, viewer, call.input.id);
    // The same words whether there is none, it is not for this viewer, or it reads another's.
    if (row?.owner !== viewer.partner)
      throw refuse("NOT_FOUND", ID, "Your partner has no case study of that id.");
    if (row.revision !== call.input.revision)
      throw conflict(["input", "revision"], `It is at revision ${row.revision}.`);
    if (after(row.state, name) === null) {
      const possible = movesFrom(row.state).join(", ");
      throw refuse(
        "BAD_USER_INPUT",
        ID,
        `It is ${row.state.toLowerCase()}: what can be done is ${possible}.`,
      );
    }
    await act(manager, viewer, row);
    await logWrite(manager, context, { category: "CASE_STUDY", detail: row.id });
    return row.id;
  });
}

async function settle(
  manager: EntityManager,
  input: AddCaseStudyInput | AmendCaseStudyInput,
  exercise: boolean,
) {
  const faults = new Faults();
  sayStudy(faults.say, input);
  const meeting = input.meeting == null ? null : await readMeeting(manager, input.meeting);
  if (input.meeting != null && meeting === null)
    faults.say(
      "meeting",
      "There is no meeting of that number. Leave it out, or use one that is recorded.",
    );
  faults.check();
  return {
    meeting: meeting?.id ?? null,
    body: { ...input, title: titleOf(input.title, exercise) },
  };
}
