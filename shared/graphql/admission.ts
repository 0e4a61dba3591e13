import type { Logger } from "pino";
import type { Trace } from "../audit/disclosure-recorder";
import { type PassportControl, PassportError, type Verified } from "../viewer/viewer-assertion";

/** What a subgraph asks of everything that comes in and goes out, be it a query or a file. */

/** Null without a valid passport: whoever brings none is told nothing but that. */
export function admit(
  control: PassportControl,
  passport: string | undefined,
  text: string,
  logger: Logger,
): Verified | null {
  try {
    return control.verify(passport, text);
  } catch (error) {
    if (!(error instanceof PassportError)) throw error;
    logger.warn({ reason: error.message }, "request without a valid passport refused");
    return null;
  }
}

/** No log, no data: where this is false the answer does not leave. */
export async function isRecorded(
  trace: Trace,
  { requestId }: Verified,
  logger: Logger,
): Promise<boolean> {
  try {
    await trace.written();
    return true;
  } catch (error) {
    logger.error({ requestId, error }, "the disclosure log cannot be written");
    return false;
  }
}
