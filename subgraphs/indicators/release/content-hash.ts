import { createHash } from "node:crypto";
import type { Figure } from "../disclosure/cube";

/** What a report says, told by its figures alone: the same figures in any order have the same one. */
export function contentHash(figures: readonly Figure[]): string {
  const lines = figures.map(({ dimensions, key, value, status }) =>
    [dimensions.join(","), key.join("|"), value ?? "", status].join(";"),
  );
  return createHash("sha256").update(lines.sort().join("\n")).digest("hex");
}
