import { verifyConsistency, verifyInclusion } from "../../../shared/audit/evidence";
import { FAULTS } from "../../../shared/audit/faults";
import type { TreeHead } from "../../../shared/audit/head";
import { keyring } from "../../../shared/audit/keyring";
import { consistencyProof, inclusionProof } from "../../../shared/audit/proof";
import { entriesOf, entryOf, headsOf, leavesOf, newKeys } from "../../support/disclosure-log";

const keys = newKeys();
const ring = keyring([keys.publicKey]);
const entries = entriesOf(20);
const leaves = leavesOf(entries);
const [earlier, later] = headsOf(entries, [7, 20], keys) as [TreeHead, TreeHead];
const codes = ({ faults }: { faults: readonly { code: string }[] }) =>
  faults.map(({ code }) => code);

describe("one entry, a proof and a head", () => {
  const claim = { entry: entryOf(5), index: 5, head: later, proof: inclusionProof(leaves, 5) };

  test("show by themselves that the entry was sealed", () => {
    expect(verifyInclusion(claim, ring)).toEqual({ valid: true, faults: [] });
    const members = Object.entries(claim.entry).reverse();
    expect(verifyInclusion({ ...claim, entry: Object.fromEntries(members) }, ring).valid).toBe(
      true,
    );
  });

  test("show nothing of another entry, place, head, or of what is no entry", () => {
    for (const change of [
      { entry: entryOf(6) },
      { entry: { ...entryOf(5), actor: "x" } },
      { entry: { a: 0.5 } },
      { index: 6 },
      { head: earlier },
      { proof: claim.proof.slice(1) },
    ]) {
      expect(codes(verifyInclusion({ ...claim, ...change }, ring))).toEqual(["NOT_INCLUDED"]);
    }
  });

  test("show nothing under a signature that is not the exchange's", () => {
    const head = headsOf(entries, [20], newKeys())[0] as TreeHead;
    expect(codes(verifyInclusion({ ...claim, head }, ring))).toEqual(["KEY_UNKNOWN"]);
    const borrowed = { ...later, signature: earlier.signature };
    expect(codes(verifyInclusion({ ...claim, head: borrowed }, ring))).toEqual([
      "SIGNATURE_INVALID",
    ]);
  });
});

describe("two heads and a proof", () => {
  const claim = { earlier, later, proof: consistencyProof(leaves, 7) };

  test("show by themselves that the log only grew", () => {
    expect(verifyConsistency(claim, ring)).toEqual({ valid: true, faults: [] });
    expect(verifyConsistency({ earlier, later: earlier, proof: [] }, ring)).toEqual({
      valid: true,
      faults: [],
    });
  });

  test("show that it was rewritten between them: no proof leads there", () => {
    const rewritten = entries.with(3, { ...entryOf(3), actor: "x" });
    const head = headsOf(rewritten, [20], keys)[0] as TreeHead;
    const proof = consistencyProof(leavesOf(rewritten), 7);
    expect(codes(verifyConsistency({ earlier, later: head, proof }, ring))).toEqual([
      "NOT_CONSISTENT",
    ]);
  });

  test("are of one log, in order, and signed by the exchange", () => {
    const hungary = headsOf(entries, [20], keys, "HUN")[0] as TreeHead;
    expect(codes(verifyConsistency({ ...claim, later: hungary }, ring))).toEqual([
      "HEAD_OF_ANOTHER_LOG",
    ]);
    const turned = verifyConsistency({ earlier: later, later: earlier, proof: claim.proof }, ring);
    expect(codes(turned)).toEqual(["HEAD_NOT_GROWING", "NOT_CONSISTENT"]);
    expect(codes(verifyConsistency(claim, keyring([newKeys().publicKey])))).toEqual([
      "KEY_UNKNOWN",
    ]);
  });
});

test("every fault says in whole sentences what it means and what to do", () => {
  for (const { meaning, remedy } of Object.values(FAULTS)) {
    for (const text of [meaning, remedy]) expect(text).toMatch(/^[A-Z].{20,}\.$/);
  }
});
