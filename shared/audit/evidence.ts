import { canonical, type Flat } from "./canonical";
import { type Fault, type FaultBook, faultBook } from "./faults";
import type { TreeHead } from "./head";
import type { Keyring } from "./keyring";
import { leafHash } from "./merkle";
import { isConsistent, isIncluded } from "./proof";

/** What a proof and signed heads show by themselves, without the log. */
export interface Verdict {
  readonly valid: boolean;
  readonly faults: readonly Fault[];
}

/** That just this entry stands at just this place, counted from 0, of the log that the head was signed for. */
export function verifyInclusion(
  claim: { entry: Flat; index: number; head: TreeHead; proof: readonly string[] },
  keys: Keyring,
): Verdict {
  const { entry, index, head, proof } = claim;
  const book = faultBook();
  checkSignature(head, keys, book);
  const { size, root } = head;
  const leaf = leafOf(entry);
  if (leaf === null || !isIncluded({ leaf, index, size, root }, proof)) book.add("NOT_INCLUDED");
  return verdictOf(book);
}

/** That the log of the later head is the log of the earlier one, and more. */
export function verifyConsistency(
  claim: { earlier: TreeHead; later: TreeHead; proof: readonly string[] },
  keys: Keyring,
): Verdict {
  const { earlier, later, proof } = claim;
  const book = faultBook();
  for (const head of [earlier, later]) checkSignature(head, keys, book);
  if (earlier.log !== later.log) book.add("HEAD_OF_ANOTHER_LOG");
  if (earlier.size > later.size || earlier.at > later.at) book.add("HEAD_NOT_GROWING");
  if (!isConsistent({ earlier, later }, proof)) book.add("NOT_CONSISTENT");
  return verdictOf(book);
}

/** Null where nothing like this could ever have been sealed. */
function leafOf(entry: Flat): string | null {
  try {
    return leafHash(canonical(entry));
  } catch {
    return null;
  }
}

function checkSignature(head: TreeHead, keys: Keyring, book: FaultBook): void {
  const fault = keys.fault(head);
  if (fault) book.add(fault, `It is the head of ${head.size} entries, dated ${head.at}.`);
}

function verdictOf(book: FaultBook): Verdict {
  const faults = book.list();
  return { valid: faults.length === 0, faults };
}
