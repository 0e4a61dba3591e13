/**
 * Runs the projects of the tests one after the other and says what each has cost.
 *
 *     npm test                       unit, exchange and one small round of endurance
 *     npm run test:endurance         endurance in full
 *     npm test -- unit exchange      only these
 *     npm test -- -- -t "a name"     what stands after the second -- goes to Jest
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PROJECTS = ["unit", "exchange", "endurance"];

interface Outcome {
  project: string;
  failed: boolean;
  passed: number;
  failures: number;
  skipped: number;
  wall: number;
  /** Seconds of CPU of everything that the run has started, PostgreSQL included; null where the system does not tell. */
  cpu: number | null;
}

function main(args: string[]): void {
  const at = args.indexOf("--");
  const names = (at < 0 ? args : args.slice(0, at)).filter((name) => name !== "--full");
  const rest = at < 0 ? [] : args.slice(at + 1);
  const unknown = names.filter((name) => !PROJECTS.includes(name));
  if (unknown.length > 0) {
    process.stderr.write(`${unknown.join(", ")}: no project. There are ${PROJECTS.join(", ")}.\n`);
    process.exit(2);
  }
  if (args.includes("--full")) process.env.ACCORD_ENDURANCE = "full";
  const outcomes = (names.length > 0 ? names : PROJECTS).map((project) => run(project, rest));
  for (const outcome of outcomes) process.stdout.write(lineOf(outcome));
  const sum = (of: (outcome: Outcome) => number) => outcomes.reduce((all, it) => all + of(it), 0);
  process.stdout.write(
    `tests: ${sum((it) => it.passed)} passed, ${sum((it) => it.failures)} failed, ${sum((it) => it.skipped)} skipped\n`,
  );
  process.exit(outcomes.some(({ failed }) => failed) ? 1 : 0);
}

function run(project: string, rest: readonly string[]): Outcome {
  const folder = mkdtempSync(join(tmpdir(), "accord-tests-"));
  const report = join(folder, "report.json");
  const [started, cpu] = [performance.now(), childCpu()];
  const jest = join(require.resolve("jest/package.json"), "..", "bin", "jest.js");
  const args = [jest, "--json", `--outputFile=${report}`, ...rest, "--selectProjects", project];
  const { status } = spawnSync(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
  const wall = (performance.now() - started) / 1_000;
  const spent = cpu === null ? null : (childCpu() ?? 0) - cpu;
  try {
    const told = JSON.parse(readFileSync(report, "utf8"));
    return {
      project,
      failed: status !== 0,
      passed: told.numPassedTests,
      failures: told.numFailedTests,
      skipped: told.numPendingTests,
      wall,
      cpu: spent,
    };
  } catch {
    return { project, failed: true, passed: 0, failures: 1, skipped: 0, wall, cpu: spent };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Linux counts the CPU of children that have ended, and of theirs, in hundredths of a second. */
function childCpu(): number | null {
  try {
    const fields = readFileSync("/proc/self/stat", "utf8").split(") ")[1]?.split(" ") ?? [];
    return (Number(fields[13]) + Number(fields[14])) / 100;
  } catch {
    return null;
  }
}

function lineOf({ project, passed, failures, skipped, wall, cpu }: Outcome): string {
  const counts = `${passed} passed, ${failures} failed, ${skipped} skipped`;
  const spent = cpu === null ? "" : `, ${cpu.toFixed(0)} s of CPU`;
  return `${project}: ${counts}, ${wall.toFixed(0)} s${spent}\n`;
}

main(process.argv.slice(2));
