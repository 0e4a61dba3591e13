import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * A guid counts within its feed, an item need not have a date, and an import keeps what it left out and why. Items that are known
 * already belong to the feed of their channel's title. Locks `countries.news_item` and `countries.news_import` exclusively while it
 * runs: it fills a column of each item and builds an index over them, a few thousand rows at the most.
 */
export class NewsFeeds1764000000031 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
ALTER TABLE countries.news_item ADD COLUMN feed text, ADD COLUMN imported_at timestamptz(3) NOT NULL DEFAULT sharing.instant();
UPDATE countries.news_item SET feed = md5(channel);
ALTER TABLE countries.news_item ALTER COLUMN feed SET NOT NULL, ALTER COLUMN published_at DROP NOT NULL,
  DROP CONSTRAINT news_item_guid_key, ADD UNIQUE (feed, guid);
ALTER TABLE countries.news_import ADD COLUMN left_out jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(left_out) = 'array');
COMMENT ON COLUMN countries.news_item.feed IS 'digest of what names the feed: a guid counts within it';
COMMENT ON COLUMN countries.news_item.published_at IS 'null where the feed gives no date';
COMMENT ON COLUMN countries.news_import.left_out IS 'items of the file that were not taken, and why';`);
  }

  async down(): Promise<void> {
    throw new Error("What feeds have said is not undone by a migration.");
  }
}
