import type { EntityManager } from "typeorm";
import type { RequestContext } from "../../../shared/graphql/context";
import { type Written, writeOnce } from "../../../shared/graphql/mutation";
import { refuse } from "../../../shared/graphql/user-error";
import { isPartnerCode } from "../../../shared/viewer/viewer";
import { type CapMessage, toMessage } from "../cap-file/message";
import { CapError, type Read, readCap } from "../cap-file/read";
import type { AlertAddressesInput, ImportAlertInput } from "./alert.input";
import { cancel, issue, update } from "./alert.service";

/**
 * A national system's own file. It comes in as a message of the partner that imports it, by the same rules as one that is
 * written here; its identifier stays with the file and makes sure that the same file twice is one message.
 */
export function importAlert(context: RequestContext, input: ImportAlertInput): Promise<Written> {
  const file = read(input.xml);
  const key = input.idempotencyKey ?? (file instanceof CapError ? null : keyOf(file));
  return writeOnce(
    context,
    { operation: "importAlert", input: { ...input, idempotencyKey: key } as ImportAlertInput },
    (manager) => take(context, manager, input, file),
  );
}

/** Nobody hands on what another partner has sent as if it were its own: that is for the sender to allow (handling code H2). */
function requireOwn({ sender }: CapMessage, partner: string | undefined): void {
  if (!isPartnerCode(sender) || sender === partner) return;
  const message = `It says that ${sender} has sent it. A message is issued by its sender; answer or ask that one.`;
  throw refuse("FORBIDDEN", ["input", "xml"], message);
}

function keyOf({ identifier, sender, sent }: Read): string {
  return `cap:${[sender, identifier, sent].join()}`.slice(0, 200);
}

async function take(
  context: RequestContext,
  manager: EntityManager,
  input: ImportAlertInput,
  file: Read | CapError,
): Promise<string> {
  if (file instanceof CapError) throw refuse("BAD_USER_INPUT", ["input", "xml"], file.message);
  const message = toMessage(file);
  requireOwn(message, context.viewer?.partner);
  const addresses = input.addresses ?? (message.addresses as AlertAddressesInput | null);
  const tlp = input.tlp ?? message.tlp;
  if (message.msgType === "Cancel") {
    return cancel(context, manager, {
      alert: referred(message),
      note: message.note ?? "Cancelled.",
    });
  }
  if (tlp === undefined) {
    throw refuse(
      "BAD_USER_INPUT",
      ["input", "tlp"],
      "The file has no `TLP:…` among its codes. Say how it is marked.",
    );
  }
  const body = { ...message, figures: [], tlp };
  if (message.msgType === "Update") {
    return update(context, manager, {
      ...body,
      alert: referred(message),
      addresses,
      widensAudience: false,
    });
  }
  if (message.msgType !== "Alert") {
    throw refuse(
      "BAD_USER_INPUT",
      ["input", "xml"],
      "Answer with acknowledgeAlert or rejectAlert instead of a file.",
    );
  }
  if (addresses === null) {
    throw refuse(
      "BAD_USER_INPUT",
      ["input", "addresses"],
      "The file has no addresses. Say to whom it goes.",
    );
  }
  return issue(context, manager, { ...body, addresses });
}

/** What is wrong with a file is said in the transaction, as everything else is. */
function read(xml: string): Read | CapError {
  try {
    return readCap(xml);
  } catch (error) {
    if (error instanceof CapError) return error;
    throw error;
  }
}

/** The newest that it refers to. */
function referred({ references }: CapMessage): string {
  const identifier = references.at(-1)?.split(",")[1];
  if (identifier !== undefined) return identifier;
  throw refuse(
    "BAD_USER_INPUT",
    ["input", "xml"],
    "alert.references is missing: an update or a cancellation has one.",
  );
}
