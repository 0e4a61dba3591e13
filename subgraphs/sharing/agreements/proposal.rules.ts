import { instant } from "../../../shared/graphql/scalars";
import { fault, type UserError } from "../../../shared/graphql/user-error";
import { isSecretariat, NO_FACTS, type PartnerFacts } from "../../../shared/viewer/viewer";
import { signatoriesOf } from "./agreement.rules";
import { AgreementKind } from "./agreement.type";
import type {
  AgreementTermInput,
  AmendAgreementInput,
  ProposeAgreementInput,
} from "./proposal.input";
import { faultsOfTerm, overlaps } from "./term.rules";

type Text = ProposeAgreementInput | AmendAgreementInput;

/** What a proposal is held against: who and what the exchange knows. */
export interface Known {
  now: Date;
  /** Code → kind. */
  partners: ReadonlyMap<string, PartnerFacts>;
  /** Code → its dimensions. */
  indicators: ReadonlyMap<string, readonly string[]>;
  /** The proposer's own groups. */
  groups: ReadonlySet<string>;
  proposer: string;
}

/** Everything that is wrong with a proposal, told together. Pure. */
export function faultsOf(text: Text, kind: AgreementKind, known: Known): UserError[] {
  return [
    ...faultsOfText(text, known),
    ...text.terms.flatMap((term, at) => faultsOfTerm(term, ["input", "terms", String(at)], known)),
    ...overlaps(text.terms),
    ...faultsOfParties(text.terms, kind, known),
  ];
}

const MOST_TERMS = 50;

function faultsOfText(text: Text, { now }: Known): UserError[] {
  const faults: UserError[] = [];
  const say = (field: string, message: string) =>
    faults.push(fault("BAD_USER_INPUT", ["input", field], message));
  if ("title" in text && !/^.{3,200}$/u.test(text.title.trim()))
    say("title", "A title has 3 to 200 characters.");
  if ("reason" in text && text.reason.trim() === "") say("reason", "Say why it is amended.");
  if (text.terms.length === 0) say("terms", "An agreement has at least one term.");
  if (text.terms.length > MOST_TERMS)
    say("terms", `At most ${MOST_TERMS} terms. Make several agreements.`);
  const from = date(text.validFrom, "validFrom", say) ?? now;
  const until = date(text.validUntil, "validUntil", say);
  if (until && until <= from)
    say("validUntil", "The validity ends before it begins. Give a later `validUntil`.");
  else if (until && until <= now)
    say("validUntil", "The validity is over already. Give a later `validUntil`.");
  if (text.tlp === "RED")
    say("tlp", "TLP:RED is for named persons; between partners use AMBER_STRICT or wider.");
  if (text.handling.includes("H3") && !text.handlingNote?.trim())
    say("handlingNote", "H3 needs its restriction in words.");
  return faults;
}

function date(
  text: string | null | undefined,
  field: string,
  say: (field: string, message: string) => void,
): Date | null {
  if (text == null) return null;
  try {
    return instant(field, text);
  } catch (error) {
    say(field, (error as Error).message);
    return null;
  }
}

function faultsOfParties(
  terms: readonly AgreementTermInput[],
  kind: AgreementKind,
  known: Known,
): UserError[] {
  const parties = signatoriesOf(terms);
  const open = terms.some(({ everyPartner, groups }) => everyPartner || groups.length > 0);
  if (kind === AgreementKind.BILATERAL && (parties.length !== 2 || open)) {
    const message =
      "A bilateral agreement has two parties, named by themselves. Make it MULTILATERAL or name two.";
    return [fault("BAD_USER_INPUT", ["input", "kind"], message)];
  }
  const convenes = isSecretariat(known.partners.get(known.proposer) ?? NO_FACTS);
  if (parties.includes(known.proposer) || convenes) return [];
  const message =
    "You propose agreements that you are a party to. Ask an owner, or the Secretariat to convene one.";
  return [fault("FORBIDDEN", ["input", "terms"], message)];
}
