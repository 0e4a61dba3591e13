import { randomUUID } from "node:crypto";
import type { EntityManager } from "typeorm";
import type { Identity } from "../../../shared/viewer/viewer";
import { readPage } from "../paging";
import type { Feed, LeftOut } from "./rss";

export interface NewsRow {
  id: string;
  channel: string;
  title: string;
  summary: string;
  link: string | null;
  published_at: Date | null;
}

/** Newest first; what has no date by when it came in. */
export function readNews(manager: EntityManager, slice: { first: number; after: string | null }) {
  const statement =
    "SELECT id, channel, title, summary, link, published_at, coalesce(published_at, imported_at) AS rank FROM countries.news_item";
  return readPage<NewsRow>(manager, statement, [], slice);
}

export interface ImportRow {
  channel: string;
  added: number;
  known: number;
  leftOut: LeftOut[];
}

export async function readImport(manager: EntityManager, id: string): Promise<ImportRow> {
  const [row] = await manager.query(
    'SELECT channel, added, known, left_out AS "leftOut" FROM countries.news_import WHERE id = $1',
    [id],
  );
  return row;
}

/** What is known by its guid within its feed stays as it is, from an earlier file or from further up in this one. */
export async function insertNews(
  manager: EntityManager,
  viewer: Identity,
  { channel, feed, items, leftOut }: Feed,
): Promise<string> {
  const rows = items.map(({ publishedAt, ...item }) => ({ ...item, published_at: publishedAt }));
  const added: { item: number }[] = await manager.query(INSERT, [
    channel,
    feed,
    JSON.stringify(rows),
  ]);
  const taken = new Set(added.map(({ item }) => item));
  const known = items.filter(({ item }) => !taken.has(item)).map(toKnown);
  const id = randomUUID();
  await manager.query(
    "INSERT INTO countries.news_import (id, owner, actor, channel, added, known, left_out) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    [
      id,
      viewer.partner,
      viewer.id,
      channel,
      taken.size,
      known.length,
      JSON.stringify([...leftOut, ...known].sort((one, other) => one.item - other.item)),
    ],
  );
  return id;
}

function toKnown({ item, title, guid }: Feed["items"][number]): LeftOut {
  const reason = `item ${item} is known by its guid already: ${guid.slice(0, 200)}`;
  return { item, title: title.slice(0, 100), reason };
}

/** Gives the places of the items that are new. */
const INSERT = `
WITH file AS (
  SELECT DISTINCT ON (i.guid) i.* FROM jsonb_to_recordset($3::jsonb) AS i (item integer, guid text, title text, summary text,
    link text, published_at timestamptz) ORDER BY i.guid, i.item
), added AS (
  INSERT INTO countries.news_item (feed, guid, channel, title, summary, link, published_at)
  SELECT $2, f.guid, $1, f.title, f.summary, f.link, f.published_at FROM file f
  ON CONFLICT (feed, guid) DO NOTHING RETURNING guid)
SELECT f.item FROM file f JOIN added USING (guid)`;
