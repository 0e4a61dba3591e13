import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plant } from "../noninterference/plant";

const ROOT = join(__dirname, "..", "..");
const PLANTS = JSON.parse(
  readFileSync(join(ROOT, "test", "noninterference", "plants.json"), "utf8"),
) as Plant[];

/** The leaks are planted in a run of its own; here it is only checked that each still can be. */
test.each(PLANTS.flatMap(({ name, edits }) => edits.map((edit) => ({ name, ...edit }))))(
  "the text that the plant $name changes stands once in $file",
  ({ file, search }) => {
    expect(readFileSync(join(ROOT, file), "utf8").split(search)).toHaveLength(2);
  },
);
