import { Env, EnvError } from "../shared/env";
import { letSubgraphsSignIn, migrate } from "./migrate";

/** `npm run migrate`: brings the database at DATABASE_URL up to date. Run as the owner of its tables. With
 * SUBGRAPHS_PASSWORD the subgraphs' roles may sign in themselves, so that no deployed subgraph holds the owner's rights. */
async function main(): Promise<void> {
  try {
    const env = new Env();
    const url = env.url("DATABASE_URL", "the PostgreSQL to migrate, as its owner", [
      "postgres:",
      "postgresql:",
    ]);
    const password = env.text("SUBGRAPHS_PASSWORD");
    env.check();
    const ran = await migrate(url);
    if (password !== undefined) await letSubgraphsSignIn(url, password);
    process.stdout.write(ran.length === 0 ? "up to date\n" : `ran ${ran.join(", ")}\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof EnvError ? error.message : (error as Error).stack}\n`);
    process.exit(1);
  }
}

void main();
