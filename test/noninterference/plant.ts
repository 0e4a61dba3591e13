/** A leak put into a copy of the source tree, and whether the test finds it there. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";

export interface Plant {
  readonly name: string;
  readonly leak: string;
  /** From whom it should be hidden, and in which test it shows. */
  readonly viewer: string;
  readonly by: string;
  readonly edits: readonly {
    readonly file: string;
    readonly search: string;
    readonly replace: string;
  }[];
}

export interface Harvest {
  readonly found: boolean;
  /** The counterexample, or the end of what was said instead. */
  readonly text: string;
}

/** Of which one test of one viewer has half a minute: every day's few attempts may miss what is seldom asked. */
const LONG = "2400";

export function plant(root: string, { name, viewer, by, edits }: Plant): Harvest {
  const copy = mkdtempSync(join(tmpdir(), `accord-plant-${name}-`));
  try {
    copySource(root, copy);
    for (const { file, search, replace } of edits) edit(join(copy, file), search, replace);
    const which = ["-t", `^${viewer} cannot .* ${by}$`];
    const { status, stderr } = spawnSync(
      "npx",
      ["jest", "test/noninterference", "-i", "--forceExit", ...which],
      {
        cwd: copy,
        encoding: "utf8",
        maxBuffer: 2 ** 28,
        env: { ...process.env, ACCORD_NI_SECONDS: LONG },
      },
    );
    const [counterexample] =
      /\S+ \(as \S+\) (tells the worlds apart|is streamed)[\s\S]*?(?=\n\s*\n|\n\s+at )/.exec(
        stderr,
      ) ?? [];
    return {
      found: status !== 0 && counterexample !== undefined,
      text: counterexample ?? stderr.slice(-2_000),
    };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

const LEFT_OUT = new Set(["node_modules", ".git", ".accord", "dist", "coverage"]);

function copySource(root: string, copy: string): void {
  const filter = (path: string): boolean =>
    !relative(root, path)
      .split(sep)
      .some((part) => LEFT_OUT.has(part));
  cpSync(root, copy, { recursive: true, filter });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
}

/** @throws where the text is not there once: the source has moved on, and the plant has to follow it. */
function edit(file: string, search: string, replace: string): void {
  const text = readFileSync(file, "utf8");
  if (text.split(search).length !== 2) throw new Error(`${file}: not once in it: ${search}`);
  writeFileSync(
    file,
    text.replace(search, () => replace),
  );
}
