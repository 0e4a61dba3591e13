import { createHash } from "node:crypto";
import type { EntityManager } from "typeorm";
import type { RequestContext } from "../../../shared/graphql/context";
import { type Written, writeOnce } from "../../../shared/graphql/mutation";
import { fault, Refusal, refuse, type UserError } from "../../../shared/graphql/user-error";
import { sorted } from "../../../shared/sorted";
import { UUID } from "../../../shared/uuid";
import { isPartnerCode, type Viewer } from "../../../shared/viewer/viewer";
import { type CapMessage, type Triplet, toMessage } from "../cap-file/message";
import { CapError, type CapFile, readCapFile } from "../cap-file/read";
import { writeCap } from "../cap-file/write";
import { toAddresses } from "./address.rules";
import type { AlertAddressesInput, ImportAlertInput } from "./alert.input";
import { toAlert } from "./alert.mapping";
import { type AlertRow, readByIdentifier } from "./alert.queries";
import { type Body, bodyFaults } from "./alert.rules";
import { type Beside, cancel, compose, update } from "./alert.service";
import { FILE, fileFaults } from "./import.rules";
import { findReferred, lockTriplet, readSameTriplet } from "./origin.queries";
import { requireEnded } from "./origin.service";

/**
 * A national system's own file. It comes in as a message of the partner that imports it, by the same rules as one that is
 * written here, and keeps the sender, identifier and time that it came with: by them other files refer to it. The same file
 * again, however it is formatted and whoever of the partner brings it, is the same message.
 */
export function importAlert(context: RequestContext, input: ImportAlertInput): Promise<Written> {
  const file = read(input.xml);
  const message = file instanceof CapError ? null : toMessage(file.read);
  const said = message === null ? input.xml : digestOf(message, input);
  const call = { operation: "importAlert", input: { ...input, xml: said } };
  return writeOnce(context, call, (manager) => {
    if (file instanceof CapError || message === null)
      throw new Refusal((file as CapError).faults.map((one) => fault("BAD_USER_INPUT", FILE, one)));
    return take(context, manager, input, { file, message, digest: said });
  });
}

interface Imported {
  file: CapFile;
  message: CapMessage;
  digest: string;
}

async function take(
  context: RequestContext,
  manager: EntityManager,
  input: ImportAlertInput,
  imported: Imported,
): Promise<string> {
  const { message, file, digest } = imported;
  const { partner } = context.viewer as Viewer;
  requireOwn(message, partner);
  const same = await knownAs(context, manager, imported);
  if (same !== null) return same;
  const faults = fileFaults(message, input);
  const beside: Beside = {
    origin: { ...message.origin, digest, signatures: file.signatures },
    faults,
  };
  if (message.msgType === "Ack" || message.msgType === "Error") {
    const text = "Answer with acknowledgeAlert or rejectAlert instead of a file.";
    throw new Refusal([...faults, fault("BAD_USER_INPUT", FILE, text)]);
  }
  if (message.msgType === "Alert") return issueFile(context, manager, input, message, beside);
  const ended = await endedBy(context, manager, message, faults);
  if (ended.length === 0) throw new Refusal([...faults, ...bodyFaultsOf(context, input, message)]);
  return message.msgType === "Cancel"
    ? cancelByFile(context, manager, message, ended, beside)
    : updateByFile(context, manager, input, message, ended, beside);
}

function issueFile(
  context: RequestContext,
  manager: EntityManager,
  input: ImportAlertInput,
  message: CapMessage,
  beside: Beside,
): Promise<string> {
  const given = addressesOf(message, input);
  if (given === null)
    throw new Refusal([...(beside.faults ?? []), ...bodyFaultsOf(context, input, message)]);
  const sending = {
    msgType: "Alert",
    addresses: toAddresses(given),
    refersTo: [],
    widens: false,
  } as const;
  return compose(context, manager, bodyOf(input, message), sending, beside);
}

function updateByFile(
  context: RequestContext,
  manager: EntityManager,
  input: ImportAlertInput,
  message: CapMessage,
  ended: readonly AlertRow[],
  beside: Beside,
): Promise<string> {
  const body = {
    ...bodyOf(input, message),
    addresses: addressesOf(message, input),
    widensAudience: false,
  };
  const faults = [...(beside.faults ?? []), ...statusFaults(message, ended)];
  return update(context, manager, body, ended, { ...beside, faults });
}

/** Its `info` is kept. When it would have expired matters to nobody: it ends what it names now. */
function cancelByFile(
  context: RequestContext,
  manager: EntityManager,
  message: CapMessage,
  ended: readonly AlertRow[],
  beside: Beside,
): Promise<string> {
  const tlp = ended[0]?.tlp ?? "AMBER";
  const body = {
    ...message,
    tlp,
    scope: "Private",
    restriction: null,
    note: null,
    status: "Actual",
  } as Body;
  const found = message.info.length === 0 ? [] : bodyFaults(body, context.terms.now);
  const faults = [
    ...(beside.faults ?? []),
    ...statusFaults(message, ended),
    ...found.filter(
      ({ path, message: text }) => !(path.at(-1) === "expires" && text.includes("past")),
    ),
  ];
  const { note, info } = message;
  return cancel(context, manager, { note: note ?? "Cancelled.", info }, ended, {
    ...beside,
    faults,
  });
}

/** What it names, each of the viewer's own and all of them to be ended; what is wrong with that goes to `faults`. */
async function endedBy(
  context: RequestContext,
  manager: EntityManager,
  { references }: CapMessage,
  faults: UserError[],
): Promise<AlertRow[]> {
  const { found, faults: unfound } = await findReferred(
    manager,
    (context.viewer as Viewer).partner,
    references,
  );
  faults.push(...unfound);
  return unfound.length > 0 ? [] : requireEnded(context, manager, found);
}

/** A warning is not ended by an exercise, nor an exercise by a warning. */
function statusFaults({ status }: CapMessage, ended: readonly AlertRow[]): UserError[] {
  if (ended.every((one) => one.status === status)) return [];
  const text = `alert.status is ${status}, and of what it refers to ${ended.map((one) => one.status).join(", ")}.`;
  return [fault("BAD_USER_INPUT", FILE, text)];
}

function bodyOf(input: ImportAlertInput, message: CapMessage): Body {
  return { ...message, figures: [], tlp: input.tlp ?? message.tlp ?? "AMBER" };
}

function bodyFaultsOf(
  { terms }: RequestContext,
  input: ImportAlertInput,
  message: CapMessage,
): UserError[] {
  return bodyFaults(bodyOf(input, message), terms.now);
}

function addressesOf(message: CapMessage, input: ImportAlertInput): AlertAddressesInput | null {
  return input.addresses ?? (message.addresses as AlertAddressesInput | null);
}

/** Nobody hands on what another partner has sent as if it were its own: that is for the sender to allow (handling code H2). */
function requireOwn({ origin: { sender } }: CapMessage, partner: string): void {
  if (!isPartnerCode(sender) || sender === partner) return;
  const message = `It says that ${sender} has sent it. A message is issued by its sender; answer or ask that one.`;
  throw refuse("FORBIDDEN", FILE, message);
}

/** The message that this file is already; null where it is none. @throws where another has its triplet. */
async function knownAs(
  context: RequestContext,
  manager: EntityManager,
  { message, digest }: Imported,
): Promise<string | null> {
  const { partner } = context.viewer as Viewer;
  await lockTriplet(manager, partner, message.origin);
  const known =
    (await readSameTriplet(manager, partner, message.origin)) ??
    (await exportedAs(context, manager, message.origin));
  if (known === null || known.digest === digest) return known?.identifier ?? null;
  const text =
    "You have a message of this sender, identifier and time already, and it says something else, or was sent otherwise. A message never changes: send this one under an identifier of its own.";
  throw refuse("REVISION_CONFLICT", FILE, text);
}

/** A message that was written here and comes back as the file that the exchange made of it. */
async function exportedAs(
  context: RequestContext,
  manager: EntityManager,
  { sender, identifier, sent }: Triplet,
): Promise<{ identifier: string; digest: string } | null> {
  if (sender !== context.viewer?.partner || !UUID.test(identifier)) return null;
  const [row] = await readByIdentifier(manager, context, [identifier]);
  if (!row?.sent || row.owner !== sender || row.origin !== null) return null;
  if (row.sent.getTime() !== Date.parse(sent)) return null;
  const message = toMessage(readCapFile(writeCap(toAlert(row, context.viewer))).read);
  return { identifier, digest: digestOf(message, {}) };
}

/** Of what a file says and how it is sent. White space is not compared: whoever formats a file anew changes it. */
function digestOf(message: CapMessage, input: Pick<ImportAlertInput, "addresses" | "tlp">): string {
  const { addresses, tlp } = input;
  const said = sorted({
    ...message,
    addresses: addresses ?? message.addresses,
    tlp: tlp ?? message.tlp,
  });
  const text = JSON.stringify(said, (_key, value) =>
    typeof value === "string" ? value.replace(/\s+/g, " ").trim() : value,
  );
  return createHash("sha256").update(text).digest("hex");
}

/** What is wrong with a file is said in the transaction, as everything else is. */
function read(xml: string): CapFile | CapError {
  try {
    return readCapFile(xml);
  } catch (error) {
    if (error instanceof CapError) return error;
    throw error;
  }
}
