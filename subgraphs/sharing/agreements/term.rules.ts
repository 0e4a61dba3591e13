import { fault, type UserError } from "../../../shared/graphql/user-error";
import { parsePeriod } from "../../../shared/period";
import { CONTACT_KINDS } from "../../../shared/policy/terms";
import type { AgreementTermInput } from "./proposal.input";
import type { Known } from "./proposal.rules";

/** What is wrong with one term of a proposal. Pure. */
export function faultsOfTerm(
  term: AgreementTermInput,
  path: readonly string[],
  known: Known,
): UserError[] {
  const faults: UserError[] = [];
  const say = (field: string, message: string) =>
    faults.push(fault("BAD_USER_INPUT", [...path, field], message));
  if (term.owners.length === 0) say("owners", "Name whose data it is.");
  for (const field of ["owners", "viewers"] as const) {
    const unknown = term[field].find((code) => !known.partners.has(code));
    if (unknown !== undefined)
      say(field, `"${unknown}" is not a partner of the exchange. Use a partner's code.`);
    const apart = term[field].find((code) => known.partners.get(code)?.kind === "AUDITOR");
    if (apart !== undefined)
      say(field, `"${apart}" verifies the log and takes part in no agreement.`);
    if (new Set(term[field]).size < term[field].length) say(field, "A partner stands twice.");
  }
  if (term.viewers.length + term.groups.length === 0 && !term.everyPartner)
    say("viewers", "Name who may see it: viewers, groups or every partner.");
  const alone = term.owners.find((owner) => isItsOnlyViewer(owner, term));
  if (alone !== undefined)
    say(
      "viewers",
      `"${alone}" is owner and only viewer: it sees its own data anyway. Name another viewer.`,
    );
  for (const group of term.groups) {
    if (known.groups.has(group) && term.owners.length === 1 && term.owners[0] === known.proposer)
      continue;
    say(
      "groups",
      `"${group}" is no group of yours. A term names groups of its one owner, proposed by that owner.`,
    );
  }
  if (!Number.isInteger(term.embargoDays) || term.embargoDays < 0 || term.embargoDays > 3650)
    say("embargoDays", "An embargo is 0 to 3650 days.");
  if (term.category === "STATISTICS") faultsOfStatistics(term, known, say);
  else faultsOfOther(term, say);
  return faults;
}

function isItsOnlyViewer(
  owner: string,
  { viewers, groups, everyPartner }: AgreementTermInput,
): boolean {
  return (
    !everyPartner &&
    groups.length === 0 &&
    viewers.length > 0 &&
    viewers.every((viewer) => viewer === owner)
  );
}

type Say = (field: string, message: string) => void;

function faultsOfStatistics(term: AgreementTermInput, { indicators }: Known, say: Say): void {
  const names = [...indicators.keys()].join(", ");
  if (term.indicators.length === 0)
    say("indicators", `Name the indicators. The catalogue has ${names}.`);
  const unknown = term.indicators.find((code) => !indicators.has(code));
  if (unknown !== undefined)
    say("indicators", `"${unknown}" is not an indicator. The catalogue has ${names}.`);
  const possible = new Set(term.indicators.flatMap((code) => indicators.get(code) ?? []));
  const strange = term.detail.find((dimension) => !possible.has(dimension));
  if (strange !== undefined && unknown === undefined)
    say(
      "detail",
      `None of these indicators has "${strange}". They have ${[...possible].sort().join(", ")}.`,
    );
  if (term.contactKinds.length > 0)
    say("contactKinds", "Only CONTACT_DETAILS has kinds of contact.");
  const [from, to] = (["periodsFrom", "periodsTo"] as const).map((field) => {
    const text = term[field];
    const period = text == null ? null : parsePeriod(text);
    if (text != null && !period) say(field, `"${text}" is not a period. Write 2015-Q3 or 2015.`);
    return period;
  });
  if (from && to && from.start >= to.end)
    say("periodsTo", "The last period is before the first. Swap them.");
}

function faultsOfOther(term: AgreementTermInput, say: Say): void {
  for (const field of ["indicators", "detail"] as const) {
    if (term[field].length > 0) say(field, `Only STATISTICS has ${field}.`);
  }
  if (term.category !== "CONTACT_DETAILS") {
    if (term.contactKinds.length > 0)
      say("contactKinds", "Only CONTACT_DETAILS has kinds of contact.");
    return;
  }
  if (term.contactKinds.length === 0)
    say("contactKinds", `Name the kinds: ${CONTACT_KINDS.join(", ")}.`);
  const unknown = term.contactKinds.find((kind) => !CONTACT_KINDS.some((known) => known === kind));
  if (unknown !== undefined)
    say("contactKinds", `"${unknown}" is not a kind of contact. Use ${CONTACT_KINDS.join(", ")}.`);
}

/** Two terms that speak of the same cells would leave it to the reader of the agreement which of them counts. */
export function overlaps(terms: readonly AgreementTermInput[]): UserError[] {
  return terms.flatMap((term, at) => {
    const other = terms.findIndex((one, before) => before < at && speakOfTheSame(one, term));
    if (other === -1) return [];
    const message = `Speaks of the same data and partners as terms ${other}. Make one term of them, or set them apart.`;
    return [fault("BAD_USER_INPUT", ["input", "terms", String(at)], message)];
  });
}

function speakOfTheSame(one: AgreementTermInput, other: AgreementTermInput): boolean {
  if (one.category !== other.category || !meet(one.owners, other.owners)) return false;
  const recipients =
    one.everyPartner ||
    other.everyPartner ||
    meet(one.viewers, other.viewers) ||
    meet(one.groups, other.groups);
  if (!recipients) return false;
  if (one.category === "CONTACT_DETAILS") return meet(one.contactKinds, other.contactKinds);
  if (one.category !== "STATISTICS") return true;
  const nested = isWithin(one.detail, other.detail) || isWithin(other.detail, one.detail);
  return nested && meet(one.indicators, other.indicators) && periodsMeet(one, other);
}

function meet(one: readonly string[], other: readonly string[]): boolean {
  return one.some((item) => other.includes(item));
}

function isWithin(one: readonly string[], other: readonly string[]): boolean {
  return one.every((item) => other.includes(item));
}

function periodsMeet(one: AgreementTermInput, other: AgreementTermInput): boolean {
  const start = ({ periodsFrom }: AgreementTermInput) =>
    parsePeriod(periodsFrom ?? "")?.start ?? "0000";
  const end = ({ periodsTo }: AgreementTermInput) => parsePeriod(periodsTo ?? "")?.end ?? "9999";
  return start(one) < end(other) && start(other) < end(one);
}
