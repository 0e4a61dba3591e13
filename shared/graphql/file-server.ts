import { GraphQLError } from "graphql";
import type { Logger } from "pino";
import type { DisclosureRecorder } from "../audit/disclosure-recorder";
import { type ErrorCode, isErrorCode } from "../errors/errors";
import type { AssertionVerifier, Verified } from "../viewer/viewer-assertion";
import { admit, isRecorded } from "./admission";
import {
  digestOf,
  type Envelope,
  type FileAnswer,
  type FileRoute,
  jsonAnswer,
  statusOfRefusal,
} from "./files";
import { maskError } from "./masking";

/** What a subgraph needs to let files in and out. */
export interface FileServing<Context> {
  verifier: AssertionVerifier;
  logger: Logger;
  open(verified: Verified): Promise<Context>;
  routes: Readonly<Record<string, FileRoute<Context>>>;
}

export type AnswerFile = (
  envelope: string,
  assertion: string | undefined,
  path: string | null,
) => Promise<FileAnswer>;

/** The same discipline as for a query: a viewer assertion for these very bytes, the log before the answer, and no fault told. */
export function answerFiles<Context extends { recorder: DisclosureRecorder }>(
  serving: FileServing<Context>,
): AnswerFile {
  const { verifier, logger, routes } = serving;
  return async (text, assertion, path) => {
    const verified = admit(verifier, assertion, text, logger);
    const envelope = JSON.parse(verified === null ? "{}" : text) as Partial<Envelope>;
    if (verified === null || !(await isIntact(envelope, path))) return REFUSAL;
    const { route: name = "", parameters = {}, file, beside = null } = envelope;
    try {
      const route = Object.hasOwn(routes, name) ? routes[name] : undefined;
      if (!route) return REFUSAL;
      const context = await serving.open(verified);
      const { type = "", digest = "" } = file ?? {};
      const answer = await route(context, { parameters, path, type, digest, beside });
      return (await isRecorded(context.recorder, verified, logger)) ? answer : UNRECORDED;
    } catch (error) {
      return failure(error, verified, logger);
    }
  };
}

async function isIntact({ file = null }: Partial<Envelope>, path: string | null): Promise<boolean> {
  if (file === null || path === null) return file === null && path === null;
  return (await digestOf(path)) === file.digest;
}

const REFUSAL = refused(401, "UNAUTHENTICATED", "This subgraph answers its gateway only.");
const UNRECORDED = refused(
  503,
  "SUBGRAPH_UNAVAILABLE",
  "The disclosure log cannot be written just now. Repeat later.",
);

function failure(error: unknown, { requestId }: Verified, logger: Logger): FileAnswer {
  const cause =
    error instanceof GraphQLError
      ? error
      : new GraphQLError("failed", { originalError: error as Error });
  const { message, extensions } = maskError(cause, requestId, logger);
  const code = isErrorCode(extensions?.code) ? extensions.code : "INTERNAL";
  return refused(statusOfRefusal(code), code, message, { ...extensions, requestId });
}

function refused(status: number, code: ErrorCode, message: string, more: object = {}): FileAnswer {
  return jsonAnswer(status, { errors: [{ message, extensions: { ...more, code } }] });
}
