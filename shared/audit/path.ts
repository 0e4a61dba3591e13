import type { FaultBook, FaultCode } from "./faults";
import type { TreeHead } from "./head";
import { type Damage, type HeldHeads, heldHeads } from "./held-heads";
import { type Frontier, frontier, leafBytes } from "./merkle";

/**
 * The way a log grew, entry by entry, held against the heads that were signed along it. Heads come here only once their
 * signatures are found good: a forged one says nothing about the entries.
 */
export interface Path {
  readonly entries: number;
  /** @param text an entry's canonical JSON. */
  append(text: string): void;
  /** Whether the entries so far are those that were sealed into this head. */
  meets(head: TreeHead, line: number): boolean;
  /** Something that cannot be read stands here: from here on no root can be compared. */
  lose(): void;
  /** No more will come. Tells what only the end can tell. @returns how many of the held heads were met. */
  end(): number;
}

/** @param tree as it is before the first entry; of a whole log it is empty. */
export function pathPast(
  held: readonly TreeHead[],
  book: FaultBook,
  tree: Frontier = frontier(),
): Path {
  const kept: HeldHeads = heldHeads(held, book);
  let proved = tree.size;
  let damage: Damage;
  /** A head that came too early: whether entries were taken out before it or cut off at the end, the next lines tell. */
  let early: { detail: string; line: number } | undefined;

  const alter = (code: FaultCode, detail: string, line: number): void => {
    book.add(code, detail, line);
    damage = "ALTERED";
    early = undefined;
  };
  kept.watch(tree);

  return {
    get entries() {
      return tree.size;
    },
    append(text) {
      if (early) alter("ENTRY_MISSING", early.detail, early.line);
      tree.append(leafBytes(text));
      if (!damage) kept.watch(tree);
    },
    meets({ size, root }, line) {
      if (damage || early) return false;
      const stretch = `Entries ${proved + 1} to ${size} were sealed; ${tree.size - proved} entries stand in their place.`;
      if (size > tree.size) early = { detail: stretch, line };
      else if (size < tree.size) alter("ENTRY_ADDED", stretch, line);
      else if (root !== tree.root())
        alter("ENTRY_CHANGED", `It is among entries ${proved + 1} to ${size}.`, line);
      else proved = size;
      return proved === size && !damage;
    },
    lose() {
      damage ??= "UNREADABLE";
      early = undefined;
    },
    end() {
      if (early) book.add("TAIL_CUT", early.detail, early.line);
      return kept.end(damage);
    },
  };
}
