import { strFromU8, unzipSync } from "fflate";
import type { ExchangeUnderTest } from "./exchange-under-test";

export interface FileReply {
  status: number;
  type: string;
  name: string | null;
  bytes: Buffer;
  text: string;
  json(): any;
}

/** `GET /export` as a client would ask it. */
export async function exported(
  exchange: ExchangeUnderTest,
  client: string | null,
  parameters: Record<string, string>,
): Promise<FileReply> {
  return reply(
    await fetch(`${exchange.url}/export?${new URLSearchParams(parameters)}`, {
      headers: await headersOf(exchange, client),
    }),
  );
}

/** `GET /cooperation/communique` as a client would ask it. */
export async function communique(
  exchange: ExchangeUnderTest,
  client: string | null,
  parameters: Record<string, string>,
): Promise<FileReply> {
  const address = `${exchange.url}/cooperation/communique?${new URLSearchParams(parameters)}`;
  return reply(await fetch(address, { headers: await headersOf(exchange, client) }));
}

/** `POST /reports` with a file. */
export async function uploaded(
  exchange: ExchangeUnderTest,
  client: string | null,
  body: string | Buffer,
  parameters: Record<string, string> = {},
  more: Record<string, string> = {},
): Promise<FileReply> {
  const headers = { "content-type": "text/csv", ...(await headersOf(exchange, client)), ...more };
  const bytes = typeof body === "string" ? body : new Uint8Array(body);
  return reply(
    await fetch(`${exchange.url}/reports?${new URLSearchParams(parameters)}`, {
      method: "POST",
      headers,
      body: bytes,
    }),
  );
}

async function headersOf(
  exchange: ExchangeUnderTest,
  client: string | null,
): Promise<Record<string, string>> {
  return client === null ? {} : { authorization: `Bearer ${await exchange.token(client)}` };
}

async function reply(response: Response): Promise<FileReply> {
  const bytes = Buffer.from(await response.arrayBuffer());
  const text = bytes.toString("utf8");
  const name =
    /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? null;
  return {
    status: response.status,
    type: response.headers.get("content-type") ?? "",
    name,
    bytes,
    text,
    json: () => JSON.parse(text),
  };
}

/** The cells of the first sheet of a workbook, row by row, as they would be shown; numbers as numbers. */
export function sheetOf(workbook: Buffer): (string | number | null)[][] {
  const files = unzipSync(new Uint8Array(workbook));
  const part = (name: string) => (files[name] ? strFromU8(files[name] as Uint8Array) : "");
  const shared = [...part("xl/sharedStrings.xml").matchAll(/<si>(.*?)<\/si>/gs)].map(
    ([, item = ""]) => textIn(item),
  );
  return [...part("xl/worksheets/sheet1.xml").matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(
    ([, row = ""]) => {
      const cells: (string | number | null)[] = [];
      for (const [, attributes = "", content = ""] of row.matchAll(
        /<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs,
      )) {
        const column = /r="([A-Z]+)\d+"/.exec(attributes)?.[1] ?? "A";
        const at = [...column].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
        while (cells.length < at) cells.push(null);
        const value = /<v>(.*?)<\/v>/s.exec(content)?.[1];
        const kind = /t="(\w+)"/.exec(attributes)?.[1];
        if (kind === "inlineStr") cells.push(textIn(content));
        else
          cells.push(
            value === undefined
              ? null
              : kind === "s"
                ? (shared[Number(value)] ?? "")
                : Number(value),
          );
      }
      return cells;
    },
  );
}

function textIn(xml: string): string {
  const text = [...xml.matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map(([, part = ""]) => part).join("");
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}
