import pino, { type Logger } from "pino";

/** JSON lines on standard error. The cause of a masked error stands here, under the request id its caller was given. */
export function createLogger(level: string): Logger {
  return pino({ level, serializers: { error: pino.stdSerializers.err } }, pino.destination(2));
}
