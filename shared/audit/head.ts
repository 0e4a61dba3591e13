import { createHash, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { canonical } from "./canonical";
import { isHash, isSize } from "./merkle";

/**
 * A signed statement of what a log was at one moment. Whoever keeps one can prove later that the log was changed behind
 * it; this is why every owner gets its own.
 */
export type TreeHead = {
  /** The owner's code: each owner has a log and a tree of its own. */
  readonly log: string;
  readonly size: number;
  readonly root: string;
  /** ISO, with milliseconds. */
  readonly at: string;
  readonly keyId: string;
  /** Ed25519, base64url. */
  readonly signature: string;
};

export type Statement = Pick<TreeHead, "log" | "size" | "root" | "at">;

/** What is signed says what it is, so that no signature made for another purpose can be passed off as a head. */
const DOMAIN = "accord/tree-head/v1\n";
const LOG = /^[A-Z]{3,20}$/;
const KEY_ID = /^[0-9a-f]{16}$/;
/** 64 bytes leave four bits of the last letter unused; only one spelling of them is taken. */
const SIGNATURE = /^[A-Za-z0-9_-]{85}[AQgw]$/;

export function signHead({ log, size, root, at }: Statement, privateKey: KeyObject): TreeHead {
  const unsigned = { log, size, root, at, keyId: keyIdOf(createPublicKey(privateKey)) };
  const head = {
    ...unsigned,
    signature: sign(null, signedBytes(unsigned), privateKey).toString("base64url"),
  };
  // A signature cannot be taken back, and no verifier would read this head.
  if (!readHead(head))
    throw new RangeError(
      "A head needs a log's code, a size, a root and a time in ISO milliseconds.",
    );
  return head;
}

export function isSignedBy(head: TreeHead, publicKey: KeyObject): boolean {
  return verify(null, signedBytes(head), publicKey, Buffer.from(head.signature, "base64url"));
}

function signedBytes({ log, size, root, at, keyId }: Omit<TreeHead, "signature">): Buffer {
  return Buffer.from(DOMAIN + canonical({ log, size, root, at, keyId }));
}

/** The head that a parsed JSON value describes, or null where it describes none. What else it holds is dropped. */
export function readHead(value: unknown): TreeHead | null {
  if (typeof value !== "object" || value === null) return null;
  const { log, size, root, at, keyId, signature } = value as Record<string, unknown>;
  if (!isLog(log) || !isSize(size) || !isHash(root) || !isInstant(at)) return null;
  if (!matches(keyId, KEY_ID) || !matches(signature, SIGNATURE)) return null;
  return { log, size, root, at, keyId, signature };
}

export function isLog(value: unknown): value is string {
  return matches(value, LOG);
}

/** Only the one spelling that sorts as text in the order of time. */
export function isInstant(value: unknown): value is string {
  if (typeof value !== "string" || !/^\d{4}-/.test(value)) return false;
  const time = Date.parse(value);
  return !Number.isNaN(time) && new Date(time).toISOString() === value;
}

function matches(value: unknown, pattern: RegExp): value is string {
  return typeof value === "string" && pattern.test(value);
}

/** A name for a key, not a proof of it: signatures are checked with the key itself. */
export function keyIdOf(publicKey: KeyObject): string {
  const der = publicKey.export({ type: "spki", format: "der" });
  return createHash("sha256").update(der).digest("hex").slice(0, 16);
}

/** @throws Error with the reason; a private key is refused, though Node would take the public half of it. */
export function readHeadKey(pem: string): KeyObject {
  if (pem.includes("PRIVATE KEY"))
    throw new Error("this is a private key; heads are checked with the public one");
  const key = parsePem(pem);
  if (key?.asymmetricKeyType !== "ed25519") throw new Error("this is no Ed25519 public key in PEM");
  return key;
}

function parsePem(pem: string): KeyObject | null {
  try {
    return createPublicKey(pem);
  } catch {
    return null;
  }
}
