import type { RequestChannel } from "./request.words";

/**
 * Who may move a request, from where to where, and what that does to its clock: one table. The subgraph asks it, the database
 * holds a copy and asks it again (`cooperation.move`, compared in a test), the docs print it, the tests walk through it whole.
 */
export const STATES = [
  "DRAFT",
  "SUBMITTED",
  "RETURNED_FOR_COMPLETION",
  "FORWARDED",
  "RECEIVED",
  "IN_PROGRESS",
  "CLARIFICATION_REQUESTED",
  "AWAITING_JUDICIAL_AUTHORISATION",
  "ANSWERED",
  "PARTIALLY_ANSWERED",
  "REFUSED",
  "WITHDRAWN",
  "CLOSED",
] as const;
export type State = (typeof STATES)[number];

export const PARTIES = ["REQUESTER", "REQUESTED", "FACILITATOR"] as const;
export type Party = (typeof PARTIES)[number];

/** What can be done to a request, and by which mutation. */
export const ACTIONS = {
  OPEN: "openCooperationRequest",
  AMEND: "amendCooperationRequest",
  SUBMIT: "submit",
  RETURN_FOR_COMPLETION: "returnForCompletion",
  FORWARD: "forward",
  RECEIVE: "receive",
  START_WORK: "startWork",
  ASK_CLARIFICATION: "askClarification",
  CLARIFY: "clarify",
  NOTIFY_DELAY: "notifyDelay",
  ANSWER: "answer",
  ANSWER_IN_PART: "answer",
  ANSWER_AND_REFUSE_REST: "answer",
  REFUSE: "refuse",
  REFUSE_REST: "refuse",
  WITHDRAW: "withdraw",
  CONFIRM_GRANT: "confirmProposedGrant",
  ACCEPT_GRANT: "acceptProposedGrant",
  CLOSE: "close",
  DISCLOSE: "discloseToSecretariat",
  WITHHOLD: "withholdFromSecretariat",
} as const;
export type Action = keyof typeof ACTIONS;

/** START at receipt, STOP and RESUME around a clarification, END with the last word. Nothing else moves it. */
export const CLOCK_EVENTS = ["START", "STOP", "RESUME", "END"] as const;
export type ClockEvent = (typeof CLOCK_EVENTS)[number];

/** What has to be so besides, and how it is told where it is not. */
export const NEEDS = {
  OPEN_END: "The last word on it has been said already: its clock has ended.",
  UNACKNOWLEDGED: "Its receipt has been confirmed already.",
  GRANT_UNCONFIRMED: "There is no proposed grant that waits for a second person.",
  GRANT_CONFIRMED: "There is no proposed grant that two people of its owner stand by.",
} as const;
export type Need = keyof typeof NEEDS;

export interface Transition {
  readonly action: Action;
  readonly by: Party;
  /** Null: there was no request before. */
  readonly from: State | null;
  readonly to: State;
  readonly clock: ClockEvent | null;
  /** Null: whatever the channel. */
  readonly channel: RequestChannel | null;
  readonly needs: Need | null;
}

const AT_WORK = ["RECEIVED", "IN_PROGRESS", "AWAITING_JUDICIAL_AUTHORISATION"] as const;
const BEFORE_THE_END = [
  "DRAFT",
  "SUBMITTED",
  "RETURNED_FOR_COMPLETION",
  "FORWARDED",
  "RECEIVED",
  "IN_PROGRESS",
  "CLARIFICATION_REQUESTED",
  "AWAITING_JUDICIAL_AUTHORISATION",
] as readonly State[];
const ANSWERED = ["ANSWERED", "PARTIALLY_ANSWERED"] as const;
/** States in which both parties know of it. One withdrawn may never have reached the other. */
const SHARED = [
  "FORWARDED",
  "RECEIVED",
  "IN_PROGRESS",
  "CLARIFICATION_REQUESTED",
  "AWAITING_JUDICIAL_AUTHORISATION",
  "ANSWERED",
  "PARTIALLY_ANSWERED",
  "REFUSED",
  "CLOSED",
] as readonly State[];

type Rest = Partial<Pick<Transition, "clock" | "channel" | "needs">>;

function row(
  action: Action,
  by: Party,
  from: State | null,
  to: State,
  rest: Rest = {},
): Transition {
  return { action, by, from, to, clock: null, channel: null, needs: null, ...rest };
}

/** To where it stands already, from each of these. */
function stays(
  action: Action,
  by: Party,
  states: readonly State[],
  needs: Need | null = null,
): Transition[] {
  return states.map((state) => row(action, by, state, state, { needs }));
}

const direct = { channel: "URGENT_DIRECT" } as const;
const facilitated = { channel: "FACILITATED" } as const;
const open = { needs: "OPEN_END" } as const;

export const MACHINE: readonly Transition[] = [
  row("OPEN", "REQUESTER", null, "DRAFT"),
  ...stays("AMEND", "REQUESTER", ["DRAFT", "RETURNED_FOR_COMPLETION"]),
  ...(["DRAFT", "RETURNED_FOR_COMPLETION"] as const).flatMap((from) => [
    row("SUBMIT", "REQUESTER", from, "SUBMITTED", facilitated),
    row("SUBMIT", "REQUESTER", from, "RECEIVED", { ...direct, clock: "START" }),
  ]),
  row("RETURN_FOR_COMPLETION", "FACILITATOR", "SUBMITTED", "RETURNED_FOR_COMPLETION"),
  row("FORWARD", "FACILITATOR", "SUBMITTED", "FORWARDED"),
  row("RECEIVE", "REQUESTED", "FORWARDED", "RECEIVED", { clock: "START" }),
  row("RECEIVE", "REQUESTED", "RECEIVED", "RECEIVED", { ...direct, needs: "UNACKNOWLEDGED" }),
  row("START_WORK", "REQUESTED", "RECEIVED", "IN_PROGRESS"),
  row("ASK_CLARIFICATION", "REQUESTED", "RECEIVED", "CLARIFICATION_REQUESTED", { clock: "STOP" }),
  row("ASK_CLARIFICATION", "REQUESTED", "IN_PROGRESS", "CLARIFICATION_REQUESTED", {
    clock: "STOP",
  }),
  row("CLARIFY", "REQUESTER", "CLARIFICATION_REQUESTED", "IN_PROGRESS", { clock: "RESUME" }),
  ...AT_WORK.flatMap((from) => [
    row("NOTIFY_DELAY", "REQUESTED", from, "AWAITING_JUDICIAL_AUTHORISATION"),
    row("ANSWER", "REQUESTED", from, "ANSWERED", { clock: "END" }),
    row("ANSWER_IN_PART", "REQUESTED", from, "PARTIALLY_ANSWERED"),
    row("ANSWER_AND_REFUSE_REST", "REQUESTED", from, "PARTIALLY_ANSWERED", { clock: "END" }),
    row("REFUSE", "REQUESTED", from, "REFUSED", { clock: "END" }),
  ]),
  row("REFUSE", "REQUESTED", "CLARIFICATION_REQUESTED", "REFUSED", { clock: "END" }),
  row("ANSWER", "REQUESTED", "PARTIALLY_ANSWERED", "ANSWERED", { clock: "END", ...open }),
  row("ANSWER_IN_PART", "REQUESTED", "PARTIALLY_ANSWERED", "PARTIALLY_ANSWERED", open),
  row("ANSWER_AND_REFUSE_REST", "REQUESTED", "PARTIALLY_ANSWERED", "PARTIALLY_ANSWERED", {
    clock: "END",
    ...open,
  }),
  row("REFUSE_REST", "REQUESTED", "PARTIALLY_ANSWERED", "PARTIALLY_ANSWERED", {
    clock: "END",
    ...open,
  }),
  ...BEFORE_THE_END.map((from) =>
    row("WITHDRAW", "REQUESTER", from, "WITHDRAWN", { clock: "END" }),
  ),
  ...stays("CONFIRM_GRANT", "REQUESTED", ANSWERED, "GRANT_UNCONFIRMED"),
  ...ANSWERED.map((from) =>
    row("ACCEPT_GRANT", "REQUESTER", from, "CLOSED", { clock: "END", needs: "GRANT_CONFIRMED" }),
  ),
  ...[...ANSWERED, "REFUSED" as const].map((from) =>
    row("CLOSE", "REQUESTER", from, "CLOSED", { clock: "END" }),
  ),
  ...(["DISCLOSE", "WITHHOLD"] as const).flatMap((action) => [
    ...stays(action, "REQUESTER", ["SUBMITTED", "RETURNED_FOR_COMPLETION", ...SHARED]),
    ...stays(action, "REQUESTED", SHARED),
  ]),
];

/** What the table asks of a request. */
export interface Standing {
  readonly state: State | null;
  readonly channel: RequestChannel;
  /** Whether its clock has ended. */
  readonly concluded: boolean;
  /** Whether the requested party has confirmed receipt itself. */
  readonly acknowledged: boolean;
  readonly grant: "NONE" | "PROPOSED" | "CONFIRMED" | "AGREED";
}

export type Verdict =
  | { readonly allowed: Transition }
  | { readonly refused: "ROLE" | "STATE" | Need };

/** Whether this party may do this to a request that stands so; where not, whether it is the party, the state or what else. */
export function judge(standing: Standing, action: Action, party: Party): Verdict {
  const own = MACHINE.filter((one) => one.action === action && one.by === party);
  if (own.length === 0) return { refused: "ROLE" };
  const here = own.find(
    ({ from, channel }) =>
      from === standing.state && (channel === null || channel === standing.channel),
  );
  if (!here) return { refused: "STATE" };
  if (here.needs !== null && !holds(here.needs, standing)) return { refused: here.needs };
  return { allowed: here };
}

function holds(need: Need, { concluded, acknowledged, grant }: Standing): boolean {
  switch (need) {
    case "OPEN_END":
      return !concluded;
    case "UNACKNOWLEDGED":
      return !acknowledged;
    case "GRANT_UNCONFIRMED":
      return grant === "PROPOSED";
    case "GRANT_CONFIRMED":
      return grant === "CONFIRMED";
  }
}

/** What this party may do now, in the order of the table. */
export function movesOf(standing: Standing, party: Party): Action[] {
  return (Object.keys(ACTIONS) as Action[]).filter(
    (action) => "allowed" in judge(standing, action, party),
  );
}
