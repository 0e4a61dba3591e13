import { fault, type UserError } from "../../../shared/graphql/user-error";
import type { CapMessage } from "../cap-file/message";
import type { ImportAlertInput } from "./alert.input";

export const FILE = ["input", "xml"];
const LONGEST = 200;

/** What is wrong with a message as a file, by the rules of CAP that its schema cannot say and those of the exchange. */
export function fileFaults(message: CapMessage, input: ImportAlertInput): UserError[] {
  const { origin, codeFaults, info, msgType } = message;
  const inFile = (text: string) => fault("BAD_USER_INPUT", FILE, text);
  const faults: UserError[] = [];
  for (const name of ["identifier", "sender"] as const) {
    const found = wordFault(origin[name]);
    if (found !== null) faults.push(inFile(`alert.${name} ${found}`));
  }
  info.forEach(({ expires }, at) => {
    const place = at === 0 ? "info" : `info[${at + 1}]`;
    if (expires === "") faults.push(inFile(`alert.${place}.expires is missing.`));
  });
  if (message.tlp !== undefined && input.tlp != null && input.tlp !== message.tlp)
    faults.push(fault("BAD_USER_INPUT", ["input", "tlp"], "The file is marked otherwise."));
  const codes = codeFaults.map((text) => inFile(`alert.code ${text}`));
  if (msgType === "Cancel") return [...faults, ...codes];
  if ((input.tlp ?? message.tlp) === undefined) {
    const text = "The file has no `TLP:…` among its codes. Say how it is marked.";
    faults.push(fault("BAD_USER_INPUT", ["input", "tlp"], text));
  }
  if (msgType === "Alert" && (input.addresses ?? message.addresses) == null) {
    const text = "The file has no addresses. Say to whom it goes.";
    faults.push(fault("BAD_USER_INPUT", ["input", "addresses"], text));
  }
  return [...faults, ...codes];
}

/** CAP: no spaces, no commas, no `<` and `&`. */
function wordFault(text: string): string | null {
  if (text === "") return "is empty. By it others refer to the message.";
  if (text.length > LONGEST) return `is longer than ${LONGEST} characters.`;
  return /[\s,<&]/.test(text)
    ? "holds a space, a comma, `<` or `&`, which CAP does not allow."
    : null;
}
