import type { Viewer } from "../viewer/viewer";

/** A cooperation request, or a piece of what its parties have written: between two, with a third that only carries it. */
export interface RequestPart {
  readonly category: "COOPERATION";
  /** FACTS: parties, kind, state, clock. CONTENT: whatever a party has written. */
  readonly part: "FACTS" | "CONTENT";
  readonly reference: string;
  /** Which state of it is at hand; the rules are the same for all. */
  readonly revision: number;
  /** Whose it is: the party that wrote it, or that the facts are about. */
  readonly owner: string;
  readonly requester: string;
  readonly requested: string;
  readonly facilitator: string;
  /** How far it has come: nobody learns of what has not reached it. */
  readonly reach: "REQUESTER" | "DESK" | "PARTIES";
  /** Whether both parties have disclosed what they wrote to the facilitator, each by an act of its own. */
  readonly disclosed: boolean;
}

/** Facilitating opens nothing: the facilitator sees that there is a request, and content only where both parties say so. */
export function isShownTo({ partner }: Viewer, request: RequestPart): boolean {
  const { part, owner, requester, requested, facilitator, reach, disclosed } = request;
  if (partner === requester) return true;
  if (partner === requested) return reach === "PARTIES";
  if (partner !== facilitator || reach === "REQUESTER") return false;
  return part === "FACTS" || owner === facilitator || disclosed;
}
