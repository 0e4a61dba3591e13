import pino, { type Logger } from "pino";

/** JSON lines on standard error. The cause of a masked error stands here, under the request id its caller was given. */
export function createLogger(level: string): Logger {
  return pino({ level, serializers: { error: withoutValues } }, pino.destination(2));
}

/**
 * A failed statement carries its parameters, and PostgreSQL's detail the row that did not fit: a country's figures before
 * their release, which no log may hold.
 */
export function withoutValues(error: Error): object {
  const { parameters: _, driverError: __, detail: ___, ...told } = pino.stdSerializers.err(error);
  return told;
}
