import type { Logger } from "pino";
import type { DisclosureRecorder } from "../audit/disclosure-recorder";
import {
  type AssertionVerifier,
  type Verified,
  ViewerAssertionError,
} from "../viewer/viewer-assertion";

/** What a subgraph asks of everything that comes in and goes out, be it a query or a file. */

/** Null without a valid viewer assertion: whoever brings none is told nothing but that. */
export function admit(
  verifier: AssertionVerifier,
  assertion: string | undefined,
  text: string,
  logger: Logger,
): Verified | null {
  try {
    return verifier.verify(assertion, text);
  } catch (error) {
    if (!(error instanceof ViewerAssertionError)) throw error;
    logger.warn({ reason: error.message }, "request without a valid viewer assertion refused");
    return null;
  }
}

/** No log, no data: where this is false the answer does not leave. */
export async function isRecorded(
  recorder: DisclosureRecorder,
  { requestId }: Verified,
  logger: Logger,
): Promise<boolean> {
  try {
    await recorder.written();
    return true;
  } catch (error) {
    logger.error({ requestId, error }, "the disclosure log cannot be written");
    return false;
  }
}
