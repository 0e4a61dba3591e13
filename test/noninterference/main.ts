/**
 * `npm run test:noninterference`: ten minutes over all viewers; ACCORD_NI_SECONDS says another time, ACCORD_NI_SEED
 * another beginning. With `-- --plants`, and names if only some are meant: the leaks of plants.json.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { type Plant, plant } from "./plant";
import plants from "./plants.json";

const ROOT = join(__dirname, "..", "..");
const say = (text: string): void => void process.stdout.write(`${text}\n`);

function runLong(): number {
  const env = { ...process.env, ACCORD_NI_SECONDS: process.env.ACCORD_NI_SECONDS ?? "600" };
  return (
    spawnSync("npx", ["jest", "test/noninterference", "-i"], { cwd: ROOT, env, stdio: "inherit" })
      .status ?? 1
  );
}

/** Each in turn, as each takes a world of its own. */
function runPlants(names: readonly string[]): number {
  const chosen: Plant[] = plants.filter(({ name }) => names.length === 0 || names.includes(name));
  let missed = 0;
  for (const [at, one] of chosen.entries()) {
    const began = Date.now();
    const { found, text } = plant(ROOT, one);
    if (!found) missed++;
    const seconds = Math.round((Date.now() - began) / 1_000);
    say(`${at + 1}/${chosen.length} ${one.name}: ${one.leak}`);
    say(`${found ? "FOUND" : "NOT FOUND"} in ${seconds} s\n${text}\n`);
  }
  say(`${chosen.length - missed} of ${chosen.length} leaks found`);
  return missed === 0 && chosen.length > 0 ? 0 : 1;
}

const [first, ...names] = process.argv.slice(2);
process.exitCode = first === "--plants" ? runPlants(names) : runLong();
