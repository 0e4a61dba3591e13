import { bytesOf, isHash, isSize, parent, rootOf } from "./merkle";

/**
 * Proofs about a tree, made from its leaves (RFC 6962 §2.1.1 and §2.1.2) and checked without them (RFC 9162 §2.1.3.2
 * and §2.1.4.2). A check of anything malformed is false, never an exception: who sends a proof may be the one who lies.
 */

/** That the leaf at `index` stands in the tree of these leaves. */
export function inclusionProof(leaves: readonly string[], index: number): string[] {
  if (!isSize(index) || index >= leaves.length)
    throw new RangeError("There is no leaf at this index.");
  if (leaves.length === 1) return [];
  const middle = split(leaves.length);
  const left = leaves.slice(0, middle);
  const right = leaves.slice(middle);
  return index < middle
    ? [...inclusionProof(left, index), rootOf(right)]
    : [...inclusionProof(right, index - middle), rootOf(left)];
}

/** That the tree of the first `earlier` leaves only grew into the tree of all. */
export function consistencyProof(leaves: readonly string[], earlier: number): string[] {
  if (!isSize(earlier) || earlier > leaves.length)
    throw new RangeError("The tree was never of this size.");
  return earlier === 0 ? [] : subproof(leaves, earlier, true);
}

/** @param known whether the earlier tree is just these leaves so far, so that its root need not be sent. */
function subproof(leaves: readonly string[], earlier: number, known: boolean): string[] {
  if (earlier === leaves.length) return known ? [] : [rootOf(leaves)];
  const middle = split(leaves.length);
  const left = leaves.slice(0, middle);
  const right = leaves.slice(middle);
  return earlier <= middle
    ? [...subproof(left, earlier, known), rootOf(right)]
    : [...subproof(right, earlier - middle, false), rootOf(left)];
}

/** The largest power of two below `size`. */
function split(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

export interface Inclusion {
  readonly leaf: string;
  readonly index: number;
  readonly size: number;
  readonly root: string;
}

export function isIncluded(
  { leaf, index, size, root }: Inclusion,
  proof: readonly string[],
): boolean {
  if (!isSize(index) || !isSize(size) || index >= size || ![leaf, root, ...proof].every(isHash))
    return false;
  let [at, last] = [index, size - 1];
  let hash = bytesOf(leaf);
  for (const step of proof.map(bytesOf)) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = parent(step, hash);
      [at, last] = climb(at, last);
    } else {
      hash = parent(hash, step);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && hash.toString("hex") === root;
}

export interface Growth {
  readonly earlier: { readonly size: number; readonly root: string };
  readonly later: { readonly size: number; readonly root: string };
}

export function isConsistent({ earlier, later }: Growth, proof: readonly string[]): boolean {
  if (
    !isSize(earlier.size) ||
    !isSize(later.size) ||
    ![earlier.root, later.root, ...proof].every(isHash)
  )
    return false;
  if (earlier.size > later.size) return false;
  // Every tree grew from the empty one, and a tree is the same as itself: there is nothing to prove it with.
  if (earlier.size === 0) return proof.length === 0 && earlier.root === rootOf([]);
  if (earlier.size === later.size) return proof.length === 0 && earlier.root === later.root;
  return proof.length > 0 && leadsToBoth({ earlier, later }, proof);
}

function leadsToBoth({ earlier, later }: Growth, proof: readonly string[]): boolean {
  const [first, ...steps] = (isPowerOfTwo(earlier.size) ? [earlier.root, ...proof] : proof).map(
    bytesOf,
  );
  let [at, last] = [earlier.size - 1, later.size - 1];
  while (at % 2 === 1) [at, last] = [half(at), half(last)];
  let [before, after] = [first as Buffer, first as Buffer];
  for (const step of steps) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      [before, after] = [parent(step, before), parent(step, after)];
      [at, last] = climb(at, last);
    } else {
      after = parent(after, step);
    }
    [at, last] = [half(at), half(last)];
  }
  return (
    last === 0 && before.toString("hex") === earlier.root && after.toString("hex") === later.root
  );
}

/** Past the levels on which the node has no sibling to its right and is handed up as it is. */
function climb(at: number, last: number): [number, number] {
  while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
  return [at, last];
}

/** Not a shift: it would cut a size to 32 bits. */
function half(value: number): number {
  return Math.floor(value / 2);
}

function isPowerOfTwo(size: number): boolean {
  return size === 1 || split(size) * 2 === size;
}
