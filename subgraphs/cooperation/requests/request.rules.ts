import { textFault } from "../../../shared/free-text.rules";
import { fault, type UserError } from "../../../shared/graphql/user-error";
import type { OpenCooperationRequestInput } from "./request.input";
import { CHANNELS, type RequestChannel, URGENCY_GROUNDS } from "./request.words";

type Body = OpenCooperationRequestInput;
type Say = (field: string, message: string) => void;

const MOST_SIBLINGS = 20;
const LONGEST_SUBJECT = 200;
const TEXTS = [
  "subject",
  "informationSought",
  "purpose",
  "underlyingOffence",
  "factsSummary",
  "availabilityGrounds",
  "linkToEntity",
  "useRestrictions",
  "urgencyReason",
  "handlingNote",
] as const;

/** Everything that is wrong with what is asked, told together. Pure. */
export function requestFaults(body: Body, requester: string): UserError[] {
  const faults: UserError[] = [];
  const say: Say = (field, message) =>
    faults.push(fault("BAD_USER_INPUT", ["input", field], message));
  addresseeFaults(body, requester, say);
  urgencyFaults(body, say);
  if (body.kind === "INFORMATION_REQUEST" && !body.availabilityGrounds)
    say(
      "availabilityGrounds",
      "An information request says why the information should be available there.",
    );
  if (body.subject.length > LONGEST_SUBJECT)
    say("subject", `A subject has at most ${LONGEST_SUBJECT} characters.`);
  return [
    ...faults,
    ...markingFaults(body),
    ...textFaults(body as unknown as Record<string, unknown>, TEXTS),
  ];
}

function addresseeFaults({ requested }: Body, requester: string, say: Say): void {
  if (requested.length === 0) say("requested", "Name the partner that you ask.");
  if (requested.length > MOST_SIBLINGS) say("requested", `At most ${MOST_SIBLINGS} at once.`);
  if (new Set(requested).size < requested.length) say("requested", "A partner stands twice.");
  if (requested.includes(requester)) say("requested", "You cannot ask your own partner.");
}

function urgencyFaults({ channel, urgency, urgencyGround, urgencyReason }: Body, say: Say): void {
  const grounds = Object.keys(URGENCY_GROUNDS).join(", ");
  if (urgency === "URGENT" && !urgencyGround)
    say("urgencyGround", `An urgent request takes one of ${grounds}.`);
  if (urgency === "URGENT" && !urgencyReason)
    say("urgencyReason", "Say how the ground of urgency applies.");
  if (urgency === "NORMAL" && (urgencyGround || urgencyReason))
    say("urgency", "A ground makes a request urgent: say URGENT, or leave it out.");
  if (urgency === "NORMAL" && channel === direct)
    say("channel", "Only what is urgent goes straight. Use FACILITATED.");
}

const direct: RequestChannel = CHANNELS[1];

/** How it is marked, a request as well as its answer. */
export function markingFaults({
  tlp,
  handling,
  handlingNote,
}: Pick<Body, "tlp" | "handling" | "handlingNote">): UserError[] {
  const faults: UserError[] = [];
  const say: Say = (field, message) =>
    faults.push(fault("BAD_USER_INPUT", ["input", field], message));
  if (tlp === "RED")
    say("tlp", "TLP:RED is for named persons; between partners use AMBER_STRICT or wider.");
  if (handling.includes("H3") && !handlingNote?.trim())
    say("handlingNote", "H3 takes its restriction in words.");
  return faults;
}

/** Of each piece of free text that is there. */
export function textFaults(
  input: Readonly<Record<string, unknown>>,
  fields: readonly string[],
): UserError[] {
  return fields.flatMap((field) => {
    const text = input[field];
    const message = typeof text === "string" ? textFault(text) : null;
    return message === null
      ? []
      : [fault("BAD_USER_INPUT", ["input", field], `"${field}" ${message}`)];
  });
}
