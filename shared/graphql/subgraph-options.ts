import type { Logger } from "pino";
import type { LogWriter } from "../audit/log-writer";
import type { AssertionVerifier } from "../viewer/viewer-assertion";

/** What every subgraph is opened with, in one process with the others or alone. */
export interface SubgraphOptions {
  database: { url: string; poolSize?: number; strict?: boolean };
  /** Checks the viewer assertions that name this subgraph as their audience. */
  verifier(audience: string): AssertionVerifier;
  logger: Logger;
  /** Left out: the disclosure log. A benchmark that wants to know what the log costs brings one that writes nothing. */
  logWriter?: LogWriter;
}
