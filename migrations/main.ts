import { Env, EnvError } from "../shared/env";
import { migrate } from "./migrate";

/** `npm run migrate`: brings the database at DATABASE_URL up to date. Run as the owner of its tables. */
async function main(): Promise<void> {
  try {
    const env = new Env();
    const url = env.url("DATABASE_URL", "the PostgreSQL to migrate, as its owner", ["postgres:", "postgresql:"]);
    env.check();
    const ran = await migrate(url);
    process.stdout.write(ran.length === 0 ? "up to date\n" : `ran ${ran.join(", ")}\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof EnvError ? error.message : (error as Error).stack}\n`);
    process.exit(1);
  }
}

void main();
