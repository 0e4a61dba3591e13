import fc from "fast-check";
import { leafHash, rootOf } from "../../../shared/audit/merkle";
import {
  consistencyProof,
  type Growth,
  type Inclusion,
  inclusionProof,
  isConsistent,
  isIncluded,
} from "../../../shared/audit/proof";

const MOST = 65;
const LEAVES = Array.from({ length: MOST }, (_, index) => leafHash(`entry ${index}`));
const ROOTS = Array.from({ length: MOST + 1 }, (_, size) => rootOf(LEAVES.slice(0, size)));
const leaf = (index: number): string => LEAVES[index] as string;
const at = (size: number) => ({ size, root: ROOTS[size] as string });
const SEED = { seed: 20_261_124, numRuns: 300 };

function inclusion(size: number, index: number): { claim: Inclusion; proof: string[] } {
  return {
    claim: { leaf: leaf(index), index, ...at(size) },
    proof: inclusionProof(LEAVES.slice(0, size), index),
  };
}

function growth(from: number, to: number): { claim: Growth; proof: string[] } {
  return {
    claim: { earlier: at(from), later: at(to) },
    proof: consistencyProof(LEAVES.slice(0, to), from),
  };
}

function flipped(hash: string, bit: number): string {
  const bytes = Buffer.from(hash, "hex");
  bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (1 << (bit & 7));
  return bytes.toString("hex");
}

/** Every proof that one slip makes of a proof. Those that happen to be the proof itself are left out. */
function bent(proof: readonly string[], bit: number, stranger: string): string[][] {
  const variants: string[][] = [];
  for (let place = 0; place <= proof.length; place += 1) {
    variants.push(proof.toSpliced(place, 0, stranger));
    if (place === proof.length) break;
    variants.push(proof.toSpliced(place, 1), proof.slice(0, place), proof.slice(place + 1));
    variants.push(
      proof.with(place, flipped(proof[place] as string, bit)),
      proof.with(place, stranger),
    );
    for (let other = 0; other < place; other += 1) {
      variants.push(proof.with(place, proof[other] as string).with(other, proof[place] as string));
    }
  }
  return variants.filter((variant) => variant.join() !== proof.join());
}

const sizeAndIndex = fc
  .integer({ min: 1, max: MOST })
  .chain((size) => fc.tuple(fc.constant(size), fc.nat(size - 1)));
const fromAndTo = fc
  .integer({ min: 1, max: MOST })
  .chain((to) => fc.tuple(fc.nat(to), fc.constant(to)));
const bits = fc.nat(255);
const strangers = fc.constantFrom(
  leafHash("stranger"),
  leaf(0),
  leaf(1),
  ROOTS[1] as string,
  ROOTS[4] as string,
);

describe("a proof that an entry stands in the log", () => {
  test("holds for every entry of every tree", () => {
    for (let size = 1; size <= MOST; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const { claim, proof } = inclusion(size, index);
        expect([size, index, isIncluded(claim, proof)]).toEqual([size, index, true]);
      }
    }
  });

  test("does not hold once a bit, a step or the order of steps is another", () => {
    fc.assert(
      fc.property(sizeAndIndex, bits, strangers, ([size, index], bit, stranger) => {
        const { claim, proof } = inclusion(size, index);
        expect(bent(proof, bit, stranger).filter((variant) => isIncluded(claim, variant))).toEqual(
          [],
        );
        expect(isIncluded({ ...claim, leaf: flipped(claim.leaf, bit) }, proof)).toBe(false);
        expect(isIncluded({ ...claim, root: flipped(claim.root, bit) }, proof)).toBe(false);
      }),
      SEED,
    );
  });

  test("holds for no other entry, place or root", () => {
    fc.assert(
      fc.property(sizeAndIndex, fc.nat(MOST - 1), ([size, index], other) => {
        const { claim, proof } = inclusion(size, index);
        fc.pre(other !== index);
        expect(isIncluded({ ...claim, leaf: leaf(other) }, proof)).toBe(false);
        expect(isIncluded({ ...claim, index: other }, proof)).toBe(false);
        if (other + 1 !== size)
          expect(isIncluded({ ...claim, ...at(other + 1) }, proof)).toBe(false);
      }),
      SEED,
    );
  });

  test.each([
    ["an index behind the end", { index: 8 }],
    ["an index that is none", { index: -1 }],
    ["a fraction", { index: 0.5 }],
    ["an empty tree", { size: 0, index: 0 }],
    ["a size beyond counting", { size: 2 ** 53 }],
    ["a leaf in capitals", { leaf: leaf(2).toUpperCase() }],
    ["a leaf that is no hash", { leaf: "" }],
    ["a root that is no hash", { root: "" }],
  ])("is refused, not failed on: %s", (_, change) => {
    const { claim, proof } = inclusion(8, 2);
    expect(isIncluded({ ...claim, ...change }, proof)).toBe(false);
    expect(isIncluded(claim, [...proof.slice(1), "no hash"])).toBe(false);
  });
});

describe("a proof that the log only grew", () => {
  test("holds from every size to every later one", () => {
    for (let to = 0; to <= MOST; to += 1) {
      for (let from = 0; from <= to; from += 1) {
        const { claim, proof } = growth(from, to);
        expect([from, to, isConsistent(claim, proof)]).toEqual([from, to, true]);
      }
    }
  });

  test("does not hold once a bit, a step or the order of steps is another", () => {
    fc.assert(
      fc.property(fromAndTo, bits, strangers, ([from, to], bit, stranger) => {
        const { claim, proof } = growth(from, to);
        expect(
          bent(proof, bit, stranger).filter((variant) => isConsistent(claim, variant)),
        ).toEqual([]);
        const [earlier, later] = [claim.earlier, claim.later];
        expect(
          isConsistent({ earlier: { ...earlier, root: flipped(earlier.root, bit) }, later }, proof),
        ).toBe(false);
        if (from > 0) {
          expect(
            isConsistent({ earlier, later: { ...later, root: flipped(later.root, bit) } }, proof),
          ).toBe(false);
        }
      }),
      SEED,
    );
  });

  test("cannot be made for a log whose past was rewritten", () => {
    fc.assert(
      fc.property(fromAndTo, fc.nat(MOST - 1), ([from, to], place) => {
        fc.pre(place < from);
        const rewritten = LEAVES.slice(0, to).with(place, leafHash("rewritten"));
        const claim = { earlier: at(from), later: { size: to, root: rootOf(rewritten) } };
        expect(isConsistent(claim, consistencyProof(rewritten, from))).toBe(false);
      }),
      SEED,
    );
  });

  test("is refused backwards, and for sizes that are none", () => {
    const { claim, proof } = growth(3, 8);
    expect(isConsistent({ earlier: claim.later, later: claim.earlier }, proof)).toBe(false);
    for (const size of [-1, 0.5, 2 ** 53, Number.NaN]) {
      expect(isConsistent({ ...claim, earlier: { ...claim.earlier, size } }, proof)).toBe(false);
      expect(isConsistent({ ...claim, later: { ...claim.later, size } }, proof)).toBe(false);
    }
  });
});

test("a proof that goes on past the root proves nothing, though its steps lead to the hashes that are claimed", () => {
  const [one, two] = [leaf(0), leaf(1)];
  expect(isIncluded({ leaf: two, index: 0, size: 1, root: rootOf([one, two]) }, [one])).toBe(false);
  const { claim, proof } = growth(3, 5);
  const [earlier, later] = [claim.earlier, claim.later].map(({ size, root }) => ({
    size,
    root: rootOf([one, root]),
  }));
  expect(isConsistent({ earlier, later } as Growth, [...proof, one])).toBe(false);
});

test("no proof is made for what is not there", () => {
  expect(() => inclusionProof(LEAVES, MOST)).toThrow(RangeError);
  expect(() => inclusionProof([], 0)).toThrow(RangeError);
  expect(() => consistencyProof(LEAVES, MOST + 1)).toThrow(RangeError);
});
