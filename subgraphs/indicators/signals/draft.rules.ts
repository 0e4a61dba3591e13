import { fault, type UserError } from "../../../shared/graphql/user-error";
import { type HandlingCode, TLPS, type Tlp } from "../../../shared/policy/terms";
import type { Act } from "./signal.queries";
import type { SignalState } from "./signal.type";

/** What may be done about a signal in which state. A promoted one has become a message, which goes its own way. */
const ACTS: Readonly<Record<SignalState, readonly Act[]>> = {
  NEW: ["REVIEW", "DISMISS", "PROMOTE"],
  UNDER_REVIEW: ["DISMISS", "PROMOTE"],
  DISMISSED: ["REVIEW"],
  PROMOTED: [],
  INSUFFICIENT_HISTORY: [],
};

export function mayFollow(state: SignalState, act: Act): boolean {
  return ACTS[state].includes(act);
}

/** What a message about a series would be, before it is drafted. */
export interface Proposal {
  sender: string;
  reporter: string;
  citizenship: string | null;
  protectsCitizens: boolean;
  marking: { tlp: Tlp; handling: readonly HandlingCode[] } | null;
  addresses: readonly string[];
  tlp: Tlp;
  expires: Date;
}

const LONGEST = 366 * 86_400_000;

/** Whom it goes to: another's figures go back to their owner and to nobody else. */
export function addresseesOf({ sender, reporter, addresses }: Proposal): readonly string[] {
  return sender === reporter ? [...new Set(addresses)] : [reporter];
}

/** That of what it is about; another's may not be passed on without being asked (SIENA H2). */
export function handlingOf({ sender, reporter, marking }: Proposal): HandlingCode[] {
  const codes: readonly HandlingCode[] = marking?.handling ?? [];
  return sender === reporter ? [...codes] : [...new Set<HandlingCode>([...codes, "H2"])].sort();
}

export function proposalFaults(proposal: Proposal, now: Date): UserError[] {
  const { sender, reporter, addresses, tlp, expires, marking } = proposal;
  const faults: UserError[] = [];
  const say = (path: string, message: string) =>
    faults.push(fault("BAD_USER_INPUT", ["input", path], message));
  const ahead = expires.getTime() - now.getTime();
  if (!(ahead > 0 && ahead <= LONGEST))
    say("expires", "lies in the past, or more than a year ahead.");
  if (tlp === "RED") say("tlp", "TLP:RED names persons. Issue such a message by issueAlert.");
  if (marking !== null && TLPS.indexOf(tlp) > TLPS.indexOf(marking.tlp))
    say("tlp", `is wider than the series is marked. Use ${marking.tlp}.`);
  if (sender !== reporter) {
    if (addresses.some((one) => one !== reporter))
      say(
        "addresses",
        `These are figures of ${reporter}: a message about them goes to ${reporter} alone.`,
      );
    return faults;
  }
  if (addresses.length === 0) say("addresses", "Address somebody: partners by their codes.");
  if (addresses.length > 100) say("addresses", "At most 100 addressees.");
  if (addresses.includes(sender)) say("addresses", "You need not address yourself.");
  if (proposal.protectsCitizens && addresses.some((one) => one === proposal.citizenship))
    say("addresses", "A country of origin is not told of its own nationals here. Leave it out.");
  return faults;
}
