import { createReadStream } from "node:fs";
import type { FormattedExecutionResult } from "graphql";
import { Pool } from "undici";
import { ENVELOPE_HEADER, type FileAnswer } from "../shared/graphql/files";
import { ASSERTION_HEADER } from "../shared/viewer/viewer-assertion";

/** The way to one subgraph, whether it lives in this process or behind HTTP. */
export interface Link {
  /** @throws when the subgraph does not answer in time or refuses the viewer assertion. */
  send(body: string, assertion: string): Promise<FormattedExecutionResult>;
  /** @param path of the bytes whose digest the envelope names; null = none */
  sendFile(envelope: string, assertion: string, path: string | null): Promise<FileAnswer>;
  /** Whether the subgraph answers and its database does. */
  ready(): Promise<boolean>;
  close(): Promise<void>;
}

/** What a subgraph in this process offers; the very function that stands behind its HTTP route. */
export interface Answering {
  answer(
    body: string,
    assertion: string | undefined,
  ): Promise<{ status: number; result: FormattedExecutionResult }>;
  answerFile(
    envelope: string,
    assertion: string | undefined,
    path: string | null,
  ): Promise<FileAnswer>;
  ready(): Promise<boolean>;
}

export function localLink(subgraph: Answering): Link {
  return {
    async send(body, assertion) {
      const { status, result } = await subgraph.answer(body, assertion);
      if (status !== 200) throw new Error(`status ${status}`);
      return result;
    },
    sendFile: (envelope, assertion, path) => subgraph.answerFile(envelope, assertion, path),
    ready: () => subgraph.ready(),
    close: async () => undefined,
  };
}

const TIMEOUT_MS = 5_000;
/** A file of the largest size has over a million figures, and all of them are stored or none (`npm run bench:submission`). */
const FILE_TIMEOUT_MS = 600_000;
const CONNECTIONS = 50;

/** Keep-alive, capped, with a deadline; never through a proxy, never after a redirect. */
export function httpLink(url: string): Link {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, {
    connections: CONNECTIONS,
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
  });
  return {
    async send(body, assertion) {
      const { statusCode, body: answer } = await pool.request({
        path: pathname,
        method: "POST",
        headers: { "content-type": "application/json", [ASSERTION_HEADER]: assertion },
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (statusCode !== 200) {
        await answer.dump();
        throw new Error(`status ${statusCode}`);
      }
      return (await answer.json()) as FormattedExecutionResult;
    },
    async sendFile(envelope, assertion, path) {
      const { statusCode, headers, body } = await pool.request({
        path: pathname,
        method: "POST",
        headers: {
          [ENVELOPE_HEADER]: Buffer.from(envelope).toString("base64url"),
          [ASSERTION_HEADER]: assertion,
        },
        ...(path !== null && { body: createReadStream(path) }),
        headersTimeout: FILE_TIMEOUT_MS,
        bodyTimeout: FILE_TIMEOUT_MS,
        signal: AbortSignal.timeout(FILE_TIMEOUT_MS),
      });
      const name = /filename="([^"]+)"/.exec(String(headers["content-disposition"] ?? ""))?.[1];
      const bytes = Buffer.from(await body.arrayBuffer());
      return {
        status: statusCode,
        type: String(headers["content-type"]),
        ...(name && { name }),
        body: bytes,
      };
    },
    async ready() {
      const path = "/health/ready";
      const { statusCode, body } = await pool.request({
        path,
        method: "GET",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await body.dump();
      return statusCode === 200;
    },
    close: () => pool.close(),
  };
}
