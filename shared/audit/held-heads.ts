import type { FaultBook } from "./faults";
import type { TreeHead } from "./head";
import type { Frontier } from "./merkle";

/** How the entries came to be out of step with the heads; undefined while they are not. */
export type Damage = "ALTERED" | "UNREADABLE" | undefined;

export interface HeldHeads {
  /** To be called at every size of the tree: a root can be compared only while the tree is of the head's size. */
  watch(tree: Frontier): void;
  /** Tells of those that were never reached. @returns how many the entries led through. */
  end(damage: Damage): number;
}

/** The heads that somebody kept from before. They are what an operator that holds the key and the log cannot change. */
export function heldHeads(held: readonly TreeHead[], book: FaultBook): HeldHeads {
  const waiting = [...held].sort((one, other) => other.size - one.size);
  let met = 0;
  return {
    watch(tree) {
      for (let head = waiting.at(-1); head?.size === tree.size; head = waiting.at(-1)) {
        if (head.root === tree.root()) met += 1;
        else book.add("HELD_HEAD_NOT_ON_PATH", nameOf(head));
        waiting.pop();
      }
    },
    end(damage) {
      // Past a line that cannot be read nothing is known of these heads. That line is a fault already; accuse nobody.
      const code = damage === "ALTERED" ? "HELD_HEAD_NOT_ON_PATH" : "TAIL_CUT";
      for (const head of damage === "UNREADABLE" ? [] : waiting.reverse())
        book.add(code, nameOf(head));
      return met;
    },
  };
}

function nameOf({ size, at }: TreeHead): string {
  return `You hold the head of ${size} entries, dated ${at}.`;
}
