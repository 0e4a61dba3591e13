/**
 * Runs the projects of the tests one after the other and says what each has cost.
 *
 *     npm test                       unit, exchange and one small round of endurance
 *     npm run test:endurance         endurance in full
 *     npm test -- unit exchange      only these
 *     npm test -- -- -t "a name"     what stands after the second -- goes to Jest
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
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

async function main(args: string[]): Promise<void> {
  const at = args.indexOf("--");
  const names = (at < 0 ? args : args.slice(0, at)).filter((name) => name !== "--full");
  const rest = at < 0 ? [] : args.slice(at + 1);
  const unknown = names.filter((name) => !PROJECTS.includes(name));
  if (unknown.length > 0) {
    process.stderr.write(`${unknown.join(", ")}: no project. There are ${PROJECTS.join(", ")}.\n`);
    process.exit(2);
  }
  if (args.includes("--full")) process.env.ACCORD_ENDURANCE = "full";
  const outcomes: Outcome[] = [];
  for (const project of names.length > 0 ? names : PROJECTS)
    outcomes.push(await run(project, rest));
  for (const outcome of outcomes) process.stdout.write(lineOf(outcome));
  const sum = (of: (outcome: Outcome) => number) => outcomes.reduce((all, it) => all + of(it), 0);
  process.stdout.write(
    `tests: ${sum((it) => it.passed)} passed, ${sum((it) => it.failures)} failed, ${sum((it) => it.skipped)} skipped\n`,
  );
  process.exit(outcomes.some(({ failed }) => failed) ? 1 : 0);
}

/** One half of the files beside the other, each in a process of its own with a PostgreSQL of its own. */
async function run(project: string, rest: readonly string[]): Promise<Outcome> {
  const [started, cpu] = [performance.now(), childCpu()];
  const halves = await Promise.all(
    Array.from({ length: HALVES }, (_, at) => runHalf(project, `${at + 1}/${HALVES}`, rest)),
  );
  const sum = (of: (half: Half) => number) => halves.reduce((all, it) => all + of(it), 0);
  return {
    project,
    failed: halves.some(({ failed }) => failed),
    passed: sum((it) => it.passed),
    failures: sum((it) => it.failures),
    skipped: sum((it) => it.skipped),
    wall: (performance.now() - started) / 1_000,
    cpu: cpu === null ? null : (childCpu() ?? 0) - cpu,
  };
}

const HALVES = 2;

type Half = Pick<Outcome, "failed" | "passed" | "failures" | "skipped">;

async function runHalf(project: string, shard: string, rest: readonly string[]): Promise<Half> {
  const folder = mkdtempSync(join(tmpdir(), "accord-tests-"));
  const report = join(folder, "report.json");
  const jest = join(require.resolve("jest/package.json"), "..", "bin", "jest.js");
  const args = [jest, "--json", `--outputFile=${report}`, `--shard=${shard}`, ...rest];
  const child = spawn(process.execPath, [...args, "--selectProjects", project], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [status] = await once(child, "exit");
  try {
    const told = JSON.parse(readFileSync(report, "utf8"));
    return {
      failed: status !== 0,
      passed: told.numPassedTests,
      failures: told.numFailedTests,
      skipped: told.numPendingTests,
    };
  } catch {
    return { failed: true, passed: 0, failures: 1, skipped: 0 };
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

void main(process.argv.slice(2));
