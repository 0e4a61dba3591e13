import type { EntityManager } from "typeorm";
import type { RequestContext } from "../../../shared/graphql/context";
import { type Written, writeOnce } from "../../../shared/graphql/mutation";
import { type Refusal, refuse } from "../../../shared/graphql/user-error";
import { parsePeriod } from "../../../shared/period";
import type { Viewer } from "../../../shared/viewer/viewer";
import { newIdentifier } from "../messages/identifier";
import * as queries from "./impact.queries";
import type { AgreeImpactInput, ProposeImpactInput } from "./impact.type";

const LONGEST_MS = 183 * 86_400_000;

/** By the state itself or an institution; it changes nothing until the state agrees. */
export function proposeImpactLevel(
  context: RequestContext,
  input: ProposeImpactInput,
): Promise<Written> {
  return writeOnce(context, { operation: "proposeImpactLevel", input }, async (manager) => {
    const viewer = context.viewer as Viewer;
    await requireSection(manager, input);
    if (!parsePeriod(input.period))
      throw wrong("period", "is no period. Write a quarter as 2026-Q3 or a year as 2026.");
    const until = untilOf(input, context.terms.now);
    if (viewer.partner !== input.state && viewer.country !== null)
      throw refuse(
        "FORBIDDEN",
        ["input", "state"],
        "A state proposes for its own side only; institutions for any.",
      );
    const id = newIdentifier();
    const { section, state: owner, period, level } = input;
    await queries.insertImpact(manager, viewer, { id, owner, section, period, level, until });
    return id;
  });
}

async function requireSection(
  manager: EntityManager,
  { section, state }: ProposeImpactInput,
): Promise<void> {
  const found = await queries.readSection(manager, section);
  if (!found) throw wrong("section", `"${section}" is no border section of the exchange.`);
  if (!found.states.includes(state))
    throw wrong("state", `takes one of ${found.states.join(", ")}.`);
}

function untilOf({ level, until }: ProposeImpactInput, now: Date): Date | null {
  if (level !== "CRITICAL") {
    if (until != null) throw wrong("until", "goes with CRITICAL only.");
    return null;
  }
  const end = new Date(until ?? Number.NaN);
  if (end > now && end.getTime() <= now.getTime() + LONGEST_MS) return end;
  throw wrong("until", "CRITICAL is for a time: say until when, at most half a year ahead.");
}

/** By an approver of the state concerned, who is not the one that proposed it. */
export function agreeImpactLevel(
  context: RequestContext,
  input: AgreeImpactInput,
): Promise<Written> {
  return writeOnce(context, { operation: "agreeImpactLevel", input }, async (manager) => {
    const viewer = context.viewer as Viewer;
    const row = await queries.readImpact(manager, context, input.id);
    if (!row) throw refuse("NOT_FOUND", ["input", "id"], "There is no such proposal for you.");
    if (row.owner !== viewer.partner)
      throw refuse("FORBIDDEN", ["input", "id"], "The state concerned agrees.");
    if (row.agreed_at !== null) throw wrong("id", "It is agreed already.");
    if (await queries.isProposer(manager, viewer, row.id))
      throw refuse("FORBIDDEN", ["input", "id"], "You proposed it. A second person agrees.");
    await queries.insertAgreement(manager, viewer, row.id);
    return row.id;
  });
}

function wrong(field: string, message: string): Refusal {
  return refuse("BAD_USER_INPUT", ["input", field], message);
}
