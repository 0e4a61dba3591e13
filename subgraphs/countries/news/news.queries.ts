import { randomUUID } from "node:crypto";
import type { EntityManager } from "typeorm";
import type { Identity } from "../../../shared/viewer/viewer";
import { readPage } from "../paging";
import type { Feed } from "./rss";

export interface NewsRow {
  id: string;
  channel: string;
  title: string;
  summary: string;
  link: string | null;
  published_at: Date;
}

/** Newest first. */
export function readNews(manager: EntityManager, slice: { first: number; after: string | null }) {
  const statement =
    "SELECT id, channel, title, summary, link, published_at, published_at AS rank FROM countries.news_item";
  return readPage<NewsRow>(manager, statement, [], slice);
}

export interface ImportRow {
  channel: string;
  added: number;
  known: number;
}

export async function readImport(manager: EntityManager, id: string): Promise<ImportRow> {
  const [row] = await manager.query(
    "SELECT channel, added, known FROM countries.news_import WHERE id = $1",
    [id],
  );
  return row;
}

/** What is known by its guid stays as it is, from an earlier file or from further up in this one. */
export async function insertNews(
  manager: EntityManager,
  viewer: Identity,
  { channel, items }: Feed,
): Promise<string> {
  const rows = items.map(({ publishedAt, ...item }) => ({ ...item, published_at: publishedAt }));
  const [{ added }] = await manager.query(INSERT, [channel, JSON.stringify(rows)]);
  const id = randomUUID();
  await manager.query(
    "INSERT INTO countries.news_import (id, owner, actor, channel, added, known) VALUES ($1, $2, $3, $4, $5, $6)",
    [id, viewer.partner, viewer.id, channel, added, items.length - added],
  );
  return id;
}

const INSERT = `
WITH added AS (
  INSERT INTO countries.news_item (guid, channel, title, summary, link, published_at)
  SELECT DISTINCT ON (i.guid) i.guid, $1, i.title, i.summary, i.link, i.published_at
  FROM ROWS FROM (jsonb_to_recordset($2::jsonb) AS (guid text, title text, summary text, link text, published_at timestamptz))
    WITH ORDINALITY AS i (guid, title, summary, link, published_at, at)
  ORDER BY i.guid, i.at
  ON CONFLICT (guid) DO NOTHING RETURNING guid)
SELECT count(*)::int AS added FROM added`;
