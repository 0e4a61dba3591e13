import type { Logger } from "pino";
import type { Recorder } from "../audit/log-writer";
import type { PassportControl } from "../viewer/viewer-assertion";

/** What every room is opened with, in one process with the others or alone. */
export interface RoomOptions {
  database: { url: string; poolSize?: number; strict?: boolean };
  /** Checks the passports that name this subgraph as their audience. */
  control(audience: string): PassportControl;
  logger: Logger;
  /** Left out: the disclosure log. A benchmark that wants to know what the log costs brings one that writes nothing. */
  recorder?: Recorder;
}
