import { createHash, hash } from "node:crypto";

/**
 * The Merkle tree of RFC 6962 §2.1 over SHA-256. Pure.
 *
 * Leaves and nodes are hashed under different prefixes. Without them an inner node could be passed off as an entry, and
 * two logs of different length could share a root.
 */
const LEAF = "\0";
const NODE = 1;
const HASH = /^[0-9a-f]{64}$/;

/** The leaf of an entry, in hex. Every other function here takes leaves, never entries. */
export function leafHash(entry: string | Uint8Array): string {
  return createHash("sha256").update(LEAF).update(entry).digest("hex");
}

/** The same as bytes and in one call, for logs of a million entries. */
export function leafBytes(entry: string): Buffer {
  return hash("sha256", LEAF + entry, "buffer");
}

/** A tree's right edge: all that is needed to go on growing it. */
export interface Frontier {
  readonly size: number;
  /** @param leaf in hex, or the bytes of it. */
  append(leaf: string | Buffer): void;
  root(): string;
  /** One hash for each complete subtree, the largest first: as many as `size` has ones in binary. */
  hashes(): string[];
}

/** An empty tree, or one of `size` leaves of which only the right edge was kept. */
export function frontier(size = 0, hashes: readonly string[] = []): Frontier {
  if (!isSize(size)) throw new RangeError("A tree's size is a whole number.");
  if (hashes.length !== ones(size))
    throw new RangeError(`A tree of ${size} leaves has an edge of ${ones(size)} hashes.`);
  const edge = hashes.map(bytesOf);
  let count = size;
  return {
    get size() {
      return count;
    },
    append(leaf) {
      let node = typeof leaf === "string" ? bytesOf(leaf) : leaf;
      for (let rest = count; rest % 2 === 1; rest = (rest - 1) / 2)
        node = parent(edge.pop() as Buffer, node);
      edge.push(node);
      count += 1;
    },
    root: () => rootOfEdge(edge).toString("hex"),
    hashes: () => edge.map((hash) => hash.toString("hex")),
  };
}

export function rootOf(leaves: readonly string[]): string {
  const tree = frontier();
  for (const leaf of leaves) tree.append(leaf);
  return tree.root();
}

/** The root of nothing is the hash of nothing. */
function rootOfEdge(edge: readonly Buffer[]): Buffer {
  if (edge.length === 0) return createHash("sha256").digest();
  return edge.reduceRight((right, left) => parent(left, right));
}

export function parent(left: Buffer, right: Buffer): Buffer {
  left.copy(NODE_BYTES, 1);
  right.copy(NODE_BYTES, 33);
  return hash("sha256", NODE_BYTES, "buffer");
}

/** Prefix and two hashes; filled anew for each node, as no other work comes between filling and hashing it. */
const NODE_BYTES = Buffer.alloc(65, NODE);

/** Lower case only: a hash has one spelling, so that equal hashes are equal text. */
export function isHash(value: unknown): value is string {
  return typeof value === "string" && HASH.test(value);
}

export function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

export function bytesOf(hash: string): Buffer {
  if (!isHash(hash)) throw new RangeError("A hash has 64 hexadecimal digits.");
  return Buffer.from(hash, "hex");
}

/** Not with bit operators: they would cut a size to 32 bits. */
function ones(size: number): number {
  let count = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
}
