import type { KeyObject } from "node:crypto";
import type { FaultCode } from "./faults";
import { isSignedBy, keyIdOf, readHeadKey, type TreeHead } from "./head";

/** A key as an export lists it. */
export interface ListedKey {
  readonly keyId: string;
  /** SPKI, PEM. */
  readonly publicKey: string;
}

export interface Keyring {
  /** Undefined when the head was signed by a key that is trusted here. */
  fault(head: TreeHead): FaultCode | undefined;
}

/**
 * The keys that heads may be signed with. Once a caller pins keys, those that a file brings along count for nothing:
 * whoever forges a log can sign it with a key of his own and list that.
 */
export function keyring(pinned: readonly KeyObject[], listed: readonly ListedKey[] = []): Keyring {
  const found = new Map(
    listed.filter(isLabelledRight).map((key) => [key.keyId, readHeadKey(key.publicKey)]),
  );
  const trusted = pinned.length === 0 ? found : new Map(pinned.map((key) => [keyIdOf(key), key]));
  return {
    fault(head) {
      const key = trusted.get(head.keyId);
      if (key) return isSignedBy(head, key) ? undefined : "SIGNATURE_INVALID";
      return found.has(head.keyId) ? "KEY_NOT_PINNED" : "KEY_UNKNOWN";
    },
  };
}

export function isLabelledRight({ keyId, publicKey }: ListedKey): boolean {
  try {
    return keyIdOf(readHeadKey(publicKey)) === keyId;
  } catch {
    return false;
  }
}
