import { fault, type UserError } from "../../../shared/graphql/user-error";
import type { Tlp } from "../../../shared/policy/terms";
import type { AlertAddressesInput } from "./alert.input";
import type { Address } from "./alert.queries";

const MOST = 100;

/** As they are stored, each once; in the order of the input, so that a fault can name its place. */
export function toAddresses({ partners, groups, persons }: AlertAddressesInput): Address[] {
  const all: Address[] = [
    ...partners.map((partner) => ({ partner })),
    ...groups.map((group) => ({ group })),
    ...persons.map((text) => {
      const slash = text.indexOf("/");
      return { partner: text.slice(0, Math.max(slash, 0)), person: text.slice(slash + 1) };
    }),
  ];
  const seen = new Set<string>();
  return all.filter((one) => !seen.has(JSON.stringify(one)) && seen.add(JSON.stringify(one)));
}

/** What is wrong with them, whoever exists or not. */
export function addressFaults(
  addresses: readonly Address[],
  tlp: Tlp,
  sender: string,
): UserError[] {
  const say = (message: string) => fault("BAD_USER_INPUT", ["input", "addresses"], message);
  if (addresses.length === 0)
    return [say("Address somebody: partners, groups of yours or, for TLP:RED, persons.")];
  if (addresses.length > MOST) return [say(`At most ${MOST} addressees. Make a group.`)];
  const personal = addresses.filter((one) => "partner" in one && one.person !== undefined).length;
  if (tlp === "RED" && personal < addresses.length)
    return [
      say(
        "TLP:RED is for persons by name, `PARTNER/person`, and for no partner or group as a whole.",
      ),
    ];
  if (tlp !== "RED" && personal > 0) return [say("Persons are addressed with TLP:RED only.")];
  if (addresses.some((one) => "partner" in one && one.partner === sender))
    return [say("You need not address yourself: a sender sees its own messages.")];
  return [];
}
