import { createHash } from "node:crypto";
import fc from "fast-check";
import { frontier, leafHash, rootOf } from "../../../shared/audit/merkle";
import {
  consistencyProof,
  inclusionProof,
  isConsistent,
  isIncluded,
} from "../../../shared/audit/proof";

/**
 * The reference tree of Certificate Transparency, as published with google/certificate-transparency and
 * transparency-dev/merkle (testonly/constants.go and proof/verify_test.go, read on 2026-11-24).
 */
const INPUTS = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
];
const ROOTS = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];
const LEAVES = INPUTS.map((input) => leafHash(Buffer.from(input, "hex")));

/** Nodes of the reference tree that its published proofs are made of. */
const [L1, L5, L7] = [
  "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
  "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
  "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
];
const [N23, N45, N67, N4567] = [
  "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
  "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
  "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
  "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
];

describe("the reference tree of Certificate Transparency", () => {
  test.each(ROOTS.map((root, size) => [size, root]))(
    "of %d leaves has the root %s",
    (size, root) => {
      expect(rootOf(LEAVES.slice(0, Number(size)))).toBe(root);
    },
  );

  test.each([
    [0, 1, []],
    [0, 8, [L1, N23, N4567]],
    [5, 8, [L5, N67, ROOTS[4]]],
    [2, 3, [ROOTS[2]]],
    [1, 5, [ROOTS[1], N23, L5]],
  ])("proves leaf %d of %d as published", (index, size, proof) => {
    expect(inclusionProof(LEAVES.slice(0, size), index)).toEqual(proof);
    const claim = { leaf: LEAVES[index] as string, index, size, root: ROOTS[size] as string };
    expect(isIncluded(claim, proof as string[])).toBe(true);
  });

  test.each([
    [1, 1, []],
    [1, 8, [L1, N23, N4567]],
    [6, 8, [N45, N67, ROOTS[4]]],
    [2, 5, [N23, L5]],
    [6, 7, [N45, L7, ROOTS[4]]],
  ])("proves its growth from %d to %d as published", (from, to, proof) => {
    expect(consistencyProof(LEAVES.slice(0, to), from)).toEqual(proof);
    const [earlier, later] = [from, to].map((size) => ({ size, root: ROOTS[size] as string }));
    expect(isConsistent({ earlier, later } as never, proof as string[])).toBe(true);
  });
});

/** The definition in RFC 6962 §2.1, written down as it stands there: nothing in common with the code under test. */
function definition(leaves: readonly string[]): string {
  if (leaves.length === 0) return createHash("sha256").digest("hex");
  if (leaves.length === 1) return leaves[0] as string;
  const k = 2 ** (Math.ceil(Math.log2(leaves.length)) - 1);
  const children = definition(leaves.slice(0, k)) + definition(leaves.slice(k));
  return createHash("sha256")
    .update(Buffer.from(`01${children}`, "hex"))
    .digest("hex");
}

const leaf = (index: number): string => leafHash(`entry ${index}`);
const leaves = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => leaf(index));

describe("a tree that grows", () => {
  test("has at every size the root that the definition gives", () => {
    const tree = frontier();
    for (let size = 0; size <= 257; size += 1) {
      expect([size, tree.root()]).toEqual([size, definition(leaves(size))]);
      tree.append(leaf(size));
    }
  });

  test("goes on from its edge alone, wherever it was put down", () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(100), (before, more) => {
        const first = frontier();
        for (const each of leaves(before)) first.append(each);
        const second = frontier(first.size, JSON.parse(JSON.stringify(first.hashes())));
        expect(second.root()).toBe(first.root());
        for (const each of leaves(before + more).slice(before)) second.append(each);
        expect([second.size, second.root()]).toEqual([
          before + more,
          definition(leaves(before + more)),
        ]);
      }),
      { seed: 20_261_124 },
    );
  });

  test("is as large as a number can count, not as 32 bits can", () => {
    const size = 2 ** 40 + 2 ** 33 + 1;
    const tree = frontier(size, leaves(3));
    tree.append(leaf(3));
    expect([tree.size, tree.hashes().length]).toEqual([size + 1, 3]);
  });

  test.each([
    [1, []],
    [2, leaves(2)],
    [3, leaves(1)],
    [0, leaves(1)],
    [-1, []],
    [1.5, leaves(1)],
    [2 ** 53, leaves(1)],
    [1, ["00"]],
    [1, [leaf(0).toUpperCase()]],
  ])("does not go on from an edge that is none: %d, %j", (size, hashes) => {
    expect(() => frontier(size, hashes)).toThrow(RangeError);
  });

  test("takes no entry for a leaf, and is as it was after it refused one", () => {
    const tree = frontier(3, leaves(2));
    const root = tree.root();
    for (const wrong of ["", "entry", `${leaf(0)}0`, `${leaf(0).slice(1)}g`]) {
      expect(() => tree.append(wrong)).toThrow(RangeError);
    }
    expect([tree.size, tree.root()]).toEqual([3, root]);
  });
});

test("a node is no leaf: what two leaves hash to is not what an entry of their bytes hashes to", () => {
  const bytes = Buffer.from(leaf(0) + leaf(1), "hex");
  expect(leafHash(bytes)).not.toBe(rootOf(leaves(2)));
});
