/** RSS 2.0 in the likeness of ICMPD's feed of 2019, which the seeds have without its tags; what it says is invented. */
const ITEMS = `
    <item>
      <title>Project News: Kick-Off of &quot;Border Management (Phase 2)&quot;</title>
      <link>https://www.example.org/news-detail/kick-off/</link>
      <description><![CDATA[<p>On Monday the project was launched&hellip;</p><p>Among the guests: authorities &amp; organisations.</p><ul><li>Training</li><li>Internships</li></ul><script>track()</script>]]></description>
      <content:encoded><![CDATA[<p>Longer, and passed over.</p>]]></content:encoded>
      <category>Project News</category>
      <pubDate>Thu, 21 Mar 2019 12:57:30 +0100</pubDate>
    </item>
    <item>
      <title>Study &#8211; caf&#xE9; talks</title>
      <guid isPermaLink="false">fictional-b</guid>
      <description>Plain text, 5 &lt; 6 &amp; so on.</description>
      <pubDate>Wed, 13 Mar 2019 11:50 +0100</pubDate>
    </item>`;

export function feed(items: string = ITEMS): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
  <channel>
    <title><![CDATA[NEWS CENTRE (fictional)]]> &amp; more</title>
    <link>https://www.example.org/</link>
    <description></description>
    <language>en</language>
    <image><title>NEWS CENTRE</title><url>https://www.example.org/ext_icon.gif</url><link>https://www.example.org/</link></image>
    <generator>TYPO3 - get.content.right</generator>
    <lastBuildDate>Thu, 21 Mar 2019 12:57:30 +0100</lastBuildDate>${items}
  </channel>
</rss>`;
}

/** An item; null leaves an element out. */
export function item(change: Record<string, string | null> = {}): string {
  const elements: Record<string, string | null> = {
    title: "A title",
    link: "https://www.example.org/a",
    guid: "a",
    description: "A text.",
    pubDate: "Thu, 21 Mar 2019 12:57:30 +0100",
    ...change,
  };
  const written = Object.entries(elements).map(([name, text]) =>
    text === null ? "" : `<${name}>${text}</${name}>`,
  );
  return `<item>${written.join("")}</item>`;
}
