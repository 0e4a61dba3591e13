/** RSS 2.0 in: a well-formed feed in the likeness of ICMPD's (TYPO3), and every way to be broken or worse. */
import { plainText } from "../../subgraphs/countries/news/plain-text";
import { parseRfc822 } from "../../subgraphs/countries/news/rfc-822";
import { MOST_BYTES, RssError, readRss } from "../../subgraphs/countries/news/rss";
import { feed, item } from "../support/feed";

test("a feed with CDATA, entities, namespaces and an image is read", () => {
  const { channel, items, leftOut } = readRss(feed());
  expect(channel).toBe("NEWS CENTRE (fictional) & more");
  expect(leftOut).toEqual([]);
  expect(items).toEqual([
    {
      item: 1,
      guid: "https://www.example.org/news-detail/kick-off/",
      title: 'Project News: Kick-Off of "Border Management (Phase 2)"',
      summary:
        "On Monday the project was launched…\n\nAmong the guests: authorities & organisations.\n\nTraining\n\nInternships",
      link: "https://www.example.org/news-detail/kick-off/",
      publishedAt: new Date("2019-03-21T11:57:30Z"),
    },
    {
      item: 2,
      guid: "fictional-b",
      title: "Study – café talks",
      summary: "Plain text, 5 < 6 & so on.",
      link: null,
      publishedAt: new Date("2019-03-13T10:50:00Z"),
    },
  ]);
});

test("an item without a title is called by how its text begins; one without a guid is known by its link", () => {
  const [one] = readRss(feed(item({ title: null, guid: null, description: "Only this." }))).items;
  expect(one).toMatchObject({ title: "Only this.", guid: "https://www.example.org/a" });
});

test.each<[string, string, RegExp]>([
  ["text", "www.icmpd.org NEWS CENTRE en Thu, 21 Mar 2019", /is not XML/],
  ["a tag that is never closed", feed().replace("</channel>", ""), /is not XML: .*line \d+/],
  [
    "a document type",
    `<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>${feed(item({ title: "&x;" }))}`,
    /document type/,
  ],
  [
    "entities that grow",
    `<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>${feed()}`,
    /document type/,
  ],
  [
    "an Atom feed",
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title></feed>',
    /does not have one `rss`/,
  ],
  ["RSS 0.91", feed().replace('version="2.0"', 'version="0.91"'), /not `rss` of version 2.0/],
  [
    "two channels",
    "<rss version='2.0'><channel><title>a</title></channel><channel/></rss>",
    /does not have one `channel`/,
  ],
  [
    "no title of the channel",
    "<rss version='2.0'><channel><item/></channel></rss>",
    /channel.title is missing/,
  ],
  [
    "more than it may weigh",
    feed(item({ description: "a".repeat(MOST_BYTES) })),
    /larger than 2000000 bytes/,
  ],
])("%s is refused, and it is said why", (_name, xml, expected) => {
  const read = () => readRss(xml);
  expect(read).toThrow(RssError);
  expect(read).toThrow(expected);
});

test.each<[string, string, RegExp]>([
  ["an entity of nobody's", feed(item({ title: "&x;" })), /item 1.title holds "&x;"/],
  ["an empty item", feed("<item/>"), /item 1 has neither title nor description/],
  ["a date of another kind", feed(item({ pubDate: "2019-03-21T12:57:30Z" })), /item 1.pubDate/],
  [
    "a link that runs",
    feed(item({ link: "javascript:alert(1)" })),
    /item 1.link is no address of http/,
  ],
  ["a file's link", feed(item({ link: "file:///etc/passwd" })), /item 1.link/],
  [
    "HTML outside of CDATA",
    feed(item({ description: "<p>Text</p>" })),
    /item 1.description holds elements/,
  ],
  [
    "a title twice",
    feed(item().replace("<title>", "<title>x</title><title>")),
    /item 1.title stands twice/,
  ],
  [
    "a title without an end",
    feed(item({ title: "a".repeat(501) })),
    /item 1.title is longer than 500/,
  ],
])("%s leaves out its item, and it is said why", (_name, xml, expected) => {
  const { items, leftOut } = readRss(xml);
  expect(items).toEqual([]);
  expect(leftOut).toEqual([
    { item: 1, title: expect.any(String), reason: expect.stringMatching(expected) },
  ]);
});

test("an item needs a title or a description, and nothing else", () => {
  const bare = item({ guid: null, link: null, pubDate: null });
  const [one, other] = readRss(feed(bare + bare.replace("A text", "Another"))).items;
  expect(one).toMatchObject({ title: "A title", link: null, publishedAt: null });
  expect(one?.guid).not.toBe(other?.guid);
  expect(readRss(feed(bare)).items[0]?.guid).toBe(one?.guid);
});

test("a channel may be empty, and a guid counts within its feed", () => {
  const empty = feed("");
  expect(readRss(empty)).toMatchObject({ items: [], leftOut: [] });
  const other = empty.replace("(fictional)", "(of others)");
  expect(readRss(other).feed).not.toBe(readRss(empty).feed);
  expect(readRss(feed()).feed).toBe(readRss(empty).feed);
});

test("more than a megabyte is read", () => {
  const many = Array.from({ length: 60 }, (_, at) =>
    item({ guid: `g${at}`, description: "a ".repeat(9_000) }),
  );
  expect(readRss(feed(many.join(""))).items).toHaveLength(60);
});

test.each<[string, string]>([
  ["<script>alert(1)</script>Text", "Text"],
  ["<SCRIPT src='//evil.example.org'></SCRIPT >Text<script>never closed", "Text"],
  ["<img src=x onerror=alert(1)>Text", "Text"],
  ["&lt;script&gt;alert(1)&lt;/script&gt;Text", "Text"],
  ["&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;Text", "Text"],
  ["<scr<script>x</script>ipt>alert(1)</script>Text", "alert(1)Text"],
  ["<!-- hidden --><style>p { color: red }</style><p>Text</p>", "Text"],
  ["<a href='javascript:alert(1)'>Text</a>", "Text"],
  ["Text<svg onload=alert(1)>", "Text"],
  ["5 < 6 and 7 > 6", "5 < 6 and 7 > 6"],
  ["a&nbsp;b&#160;c &unknown; &#x1F600;", "a b c &unknown; 😀"],
  ["Line one<br/>line two<p>para", "Line one\nline two\npara"],
  ["\u0007Bell\u0000", "Bell"],
  ["<table><tr><td>Hungary</td><td>12</td><td>340</td></tr></table>", "Hungary\t12\t340"],
  ["<tr>\n\t<th>A<th>B\n<tr><td> 1 <td> 2", "A\tB\n\n1\t2"],
  ["<ol><li>12<li>340</ol>", "12\n340"],
  ["<dl><dt>Hungary<dd>12</dl><section>340</section>", "Hungary\n12\n\n340"],
  ["caf&eacute; &Scaron;ibenik &le; &alpha; &copy; &amp;eacute;", "café Šibenik ≤ α © é"],
])("%s becomes %s", (html, expected) => {
  const text = plainText(html);
  expect(text).toBe(expected);
  expect(plainText(text)).toBe(text);
});

test("layers upon layers end, and leave no markup", () => {
  let text = "<script>alert(1)</script>";
  for (let layer = 0; layer < 30; layer++)
    text = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  expect(plainText(text)).not.toMatch(/<|>/);
});

test.each<[string, string | null]>([
  ["Thu, 21 Mar 2019 12:57:30 +0100", "2019-03-21T11:57:30Z"],
  ["21 Mar 2019 12:57 GMT", "2019-03-21T12:57:00Z"],
  ["Fri, 01 Mar 2019 10:00:00 EST", "2019-03-01T15:00:00Z"],
  ["Sat, 29 Feb 2020 23:30:00 -0530", "2020-03-01T05:00:00Z"],
  ["01 Jan 99 00:00:00 UT", "1999-01-01T00:00:00Z"],
  ["01 Jan 20 00:00:00 Z", "2020-01-01T00:00:00Z"],
  ["Thu, 21 Mar 2019 12:57:30 +0100 (CET)", "2019-03-21T11:57:30Z"],
  ["Thu (a \\) day (of (days)))(x), 21 (Mar) Mar 2019 12:57 GMT", "2019-03-21T12:57:00Z"],
  ["Thu, 21 Mar 2019 12:57 GMT (not closed", null],
  ["Fri, 21 Mar 2019 12:57:30 +0100", null],
  ["Fri, 29 Feb 2019 12:57:30 +0100", null],
  ["31 Apr 2019 12:57:30 GMT", null],
  ["21 Mar 2019 24:00:00 GMT", null],
  ["21 Mar 2019 12:57:30", null],
  ["21 Mar 2019 12:57:30 +1500", null],
  ["21 Mär 2019 12:57:30 GMT", null],
  ["21 Mar 2019 12:57:30 XYZ", null],
])("%s is %s", (text, expected) => {
  expect(parseRfc822(text)?.toISOString().replace(".000", "") ?? null).toBe(expected);
});
