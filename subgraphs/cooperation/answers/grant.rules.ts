import { instant } from "../../../shared/graphql/scalars";
import { fault, type UserError } from "../../../shared/graphql/user-error";
import { parsePeriod } from "../../../shared/period";
import { CONTROLS, type Control } from "../../../shared/policy/terms";
import type { ProposedGrantInput } from "./answer.input";

export interface GrantToStore {
  indicators: readonly string[];
  detail: readonly string[];
  dataFrom: string | null;
  dataUntil: string | null;
  disclosureControl: Control;
  embargoDays: number;
  validUntil: Date | null;
}

type Say = (field: string, message: string) => void;

/** What is wrong with a proposed grant, told together. Pure. */
export function grantFaults(
  grant: ProposedGrantInput,
  catalogue: ReadonlyMap<string, readonly string[]>,
  now: Date,
): UserError[] {
  const faults: UserError[] = [];
  const say: Say = (field, message) =>
    faults.push(fault("BAD_USER_INPUT", ["input", "proposedGrant", field], message));
  figureFaults(grant, catalogue, say);
  const [from, to] = (["periodsFrom", "periodsTo"] as const).map((field) => {
    const period = grant[field] == null ? null : parsePeriod(grant[field]);
    if (grant[field] != null && !period)
      say(field, `"${grant[field]}" is not a period. Write 2015-Q3 or 2015.`);
    return period;
  });
  if (from && to && from.start >= to.end)
    say("periodsTo", "The last period is before the first. Swap them.");
  if (!CONTROLS.includes(grant.disclosureControl))
    say("disclosureControl", `takes one of ${CONTROLS.join(", ")}.`);
  if (!Number.isInteger(grant.embargoDays) || grant.embargoDays < 0 || grant.embargoDays > 3650)
    say("embargoDays", "An embargo is 0 to 3650 days.");
  if (grant.validUntil != null && instant("validUntil", grant.validUntil) <= now)
    say("validUntil", "The validity is over already. Give a later `validUntil`.");
  return faults;
}

function figureFaults(
  { indicators, detail }: ProposedGrantInput,
  catalogue: ReadonlyMap<string, readonly string[]>,
  say: Say,
): void {
  const names = [...catalogue.keys()].join(", ");
  if (indicators.length === 0)
    say("indicators", `Name the indicators. The catalogue has ${names}.`);
  const unknown = indicators.find((code) => !catalogue.has(code));
  if (unknown !== undefined)
    say("indicators", `"${unknown}" is not an indicator. The catalogue has ${names}.`);
  const possible = new Set(indicators.flatMap((code) => catalogue.get(code) ?? []));
  const strange = detail.find((dimension) => !possible.has(dimension));
  if (strange !== undefined && unknown === undefined)
    say(
      "detail",
      `None of these indicators has "${strange}". They have ${[...possible].sort().join(", ")}.`,
    );
}

export function toGrantToStore(grant: ProposedGrantInput): GrantToStore {
  return {
    indicators: [...new Set(grant.indicators)],
    detail: [...new Set(grant.detail)],
    dataFrom: parsePeriod(grant.periodsFrom ?? "")?.start ?? null,
    dataUntil: parsePeriod(grant.periodsTo ?? "")?.end ?? null,
    disclosureControl: grant.disclosureControl,
    embargoDays: grant.embargoDays,
    validUntil: grant.validUntil == null ? null : instant("validUntil", grant.validUntil),
  };
}
