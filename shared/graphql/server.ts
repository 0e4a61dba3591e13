import {
  type DocumentNode,
  execute,
  type FormattedExecutionResult,
  GraphQLError,
  parse,
  validate,
} from "graphql";
import type { Logger } from "pino";
import type { DataSource } from "typeorm";
import type { DisclosureRecorder } from "../audit/disclosure-recorder";
import { createLogWriter, type LogWriter } from "../audit/log-writer";
import type { AssertionVerifier, Verified } from "../viewer/viewer-assertion";
import { admit, isRecorded } from "./admission";
import { checkLiterals, checkVariables } from "./characters";
import { type AnswerFile, answerFiles } from "./file-server";
import type { FileRoute } from "./files";
import { maskError } from "./masking";
import type { BuiltSubgraph } from "./subgraph";

export interface SubgraphAnswer {
  status: 200 | 401;
  result: FormattedExecutionResult;
}

/** A running subgraph: one function, whoever carries the bytes (the same process or HTTP). */
export interface SubgraphServer {
  readonly name: string;
  /** @param body the request as JSON text: the viewer assertion is bound to these very bytes */
  answer(body: string, assertion: string | undefined): Promise<SubgraphAnswer>;
  /** @param envelope what the viewer assertion is bound to; it names the digest of the bytes at the path */
  answerFile: AnswerFile;
  /** Whether its database answers. */
  ready(): Promise<boolean>;
  stop(): Promise<void>;
}

export interface SubgraphServerOptions<Context extends { recorder: DisclosureRecorder }> {
  subgraph: BuiltSubgraph;
  verifier: AssertionVerifier;
  logger: Logger;
  openContext(verified: Verified): Promise<Context>;
  /** Files in and out, by `POST /address`; left out = none. */
  files?: Readonly<Record<string, FileRoute<Context>>>;
  /** Writes down what was shown, before it is. */
  logWriter: LogWriter;
  /** Whether what it needs answers. */
  ready(): Promise<boolean>;
  stop(): Promise<void>;
}

/** What a subgraph with a database of its own needs to be served. */
export function databaseOf(dataSource: DataSource, logWriter: LogWriter | undefined) {
  return {
    logWriter: logWriter ?? createLogWriter(dataSource),
    ready: () =>
      dataSource.query("SELECT").then(
        () => true,
        () => false,
      ),
    stop: () => dataSource.destroy(),
  };
}

export function serveSubgraph<Context extends { recorder: DisclosureRecorder }>(
  options: SubgraphServerOptions<Context>,
): SubgraphServer {
  const { subgraph, verifier, logger, logWriter, ready, stop } = options;
  const documents = new DocumentCache(subgraph);
  const open = async (verified: Verified) => {
    const context = await options.openContext(verified);
    context.recorder.writeTo(logWriter);
    return context;
  };
  return {
    name: subgraph.name,
    answerFile: answerFiles({ verifier, logger, open, routes: options.files ?? {} }),
    async answer(body, assertion) {
      const verified = admit(verifier, assertion, body, logger);
      if (verified === null) return REFUSAL;
      const mask = (error: GraphQLError) => maskError(error, verified.requestId, logger);
      const request = JSON.parse(body) as {
        query: string;
        variables?: Record<string, unknown>;
        operationName?: string;
      };
      const document = documents.get(request.query);
      if (Array.isArray(document)) return { status: 200, result: { errors: document.map(mask) } };
      try {
        checkVariables(request.variables ?? {});
        const contextValue = await open(verified);
        const { schema } = subgraph;
        const { variables: variableValues, operationName } = request;
        const { data, errors } = await execute({
          schema,
          document,
          variableValues,
          operationName,
          contextValue,
        });
        if (!(await isRecorded(contextValue.recorder, verified, logger))) return UNRECORDED;
        const result = {
          ...(data !== undefined && { data }),
          ...(errors && { errors: errors.map(mask) }),
        };
        const extensions = verified.receipt && {
          extensions: { basis: contextValue.recorder.basis() },
        };
        return { status: 200, result: { ...result, ...extensions } };
      } catch (error) {
        const failure = new GraphQLError("failed", { originalError: error as Error });
        return { status: 200, result: { errors: [mask(failure)] } };
      }
    },
    ready,
    stop,
  };
}

/** The same words whatever was wrong with the viewer assertion: a caller that is not the gateway learns nothing. */
const REFUSAL: SubgraphAnswer = {
  status: 401,
  result: {
    errors: [
      {
        message: "This subgraph answers its gateway only.",
        extensions: { code: "UNAUTHENTICATED" },
      },
    ],
  },
};

/** No log, no data: an answer that cannot be written down does not leave. */
const UNRECORDED: SubgraphAnswer = {
  status: 200,
  result: {
    errors: [
      {
        message:
          "The disclosure log cannot be written just now, and without it no national data are given.",
        extensions: { code: "SUBGRAPH_UNAVAILABLE" },
      },
    ],
  },
};

const MOST_DOCUMENTS = 1_000;

/** The gateway's plans repeat; parsing and validating one costs more than executing many of them. */
class DocumentCache {
  private readonly documents = new Map<string, DocumentNode>();

  constructor(private readonly subgraph: BuiltSubgraph) {}

  get(query: string): DocumentNode | GraphQLError[] {
    const known = this.documents.get(query);
    if (known) return known;
    try {
      const document = parse(query);
      const errors = validate(this.subgraph.schema, document);
      if (errors.length > 0) return [...errors];
      checkLiterals(document);
      if (this.documents.size >= MOST_DOCUMENTS) this.documents.clear();
      this.documents.set(query, document);
      return document;
    } catch (error) {
      return [error as GraphQLError];
    }
  }
}
