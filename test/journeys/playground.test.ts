/** An analyst opens the playground in a real browser, on a machine without a way out. */
import { readFile } from "node:fs/promises";
import axe, { type AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { ensurePlayground } from "../../web/build";
import { toCsv } from "../../web/playground/result/csv";
import { findTables } from "../../web/playground/result/find-tables";
import { SAMPLES } from "../../web/playground/samples";
import { openBrowser, type WatchedBrowser } from "../support/browser";
import { openExchange } from "../support/exchange-under-test";

let exchange: Awaited<ReturnType<typeof openExchange>>;
let chrome: WatchedBrowser;
let page: Page;

beforeAll(async () => {
  await ensurePlayground();
  [exchange, chrome] = await Promise.all([openExchange(), openBrowser()]);
});

afterAll(async () => {
  await chrome?.close();
  await exchange?.stop();
});

beforeEach(async () => {
  chrome.outside.length = 0;
  chrome.complaints.length = 0;
  page = await chrome.newPage();
  await page.goto(`${exchange.url}/playground`);
  await page.getByRole("tab", { name: "CompareByCitizenship" }).waitFor();
  await page.getByText('"reporters"').waitFor();
});

afterEach(async () => {
  await page.context().close();
  expect(chrome.outside).toEqual([]);
  expect(chrome.complaints).toEqual([]);
});

const actAs = async (clientId: string) => {
  await page.getByLabel("Act as").selectOption(clientId);
  await page.getByRole("status").getByText(clientId).waitFor();
};

const openSample = (title: string) =>
  page.getByRole("button", { name: title, exact: true }).click();

/** Presses the button and gives back what the exchange answered. */
async function execute(operationName: string): Promise<{ data?: unknown; errors?: unknown }> {
  const answered = page.waitForResponse(
    (response) =>
      response.url().endsWith("/graphql") &&
      response.request().postDataJSON()?.operationName === operationName,
  );
  await page.getByRole("button", { name: /^Execute query/ }).click();
  return (await answered).json();
}

/** The table's cell of one country, citizenship and quarter, as it reads. */
async function figure(country: string, citizenship: string, period: string): Promise<string> {
  const table = page.getByRole("table");
  const columns = await table.getByRole("columnheader").allTextContents();
  const row = table.getByRole("row").filter({ hasText: country }).filter({ hasText: citizenship });
  return (await row.locator("th, td").nth(columns.indexOf(period)).textContent()) ?? "";
}

test("a figure for Frontex, a withheld cell for Serbia", async () => {
  await actAs("frontex-analyst");
  await openSample("Compare by citizenship");
  await execute("CompareByCitizenship");
  expect(await figure("HUN", "AFG", "2015-Q3")).toBe("27,640");

  // The change of identity alone must drop the answer, and asks again.
  await actAs("srb-analyst");
  await page.getByRole("cell", { name: "withheld" }).first().waitFor();
  expect(await figure("HUN", "AFG", "2015-Q3")).toBe("withheld");
  expect(await page.locator("body").textContent()).not.toMatch(/27,?640/);
});

test.each(SAMPLES.map(({ title, name, as = "pak-analyst" }) => [title, name, as] as const))(
  "the sample «%s» runs",
  async (title, name, identity) => {
    await actAs(identity);
    await openSample(title);
    const { data, errors } = await execute(name);
    expect(errors).toBeUndefined();
    for (const answer of Object.values(data as object)) expect(answer).not.toBeNull();
  },
);

test("the table downloads as CSV with a status beside each figure", async () => {
  await actAs("frontex-analyst");
  await execute("CompareByCitizenship");
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download CSV" }).click();
  const download = await downloading;
  const text = await readFile(await download.path(), "utf8");
  expect(download.suggestedFilename()).toBe("accord-series-2015-Q1_2015-Q4.csv");
  expect(text).toMatch(/^\uFEFFreporter,indicator,citizenship,unit,2015-Q1,2015-Q1 status,/);
  expect(text).toMatch(/Hungary \(HUN\).*\(AFG\).*,27640,REPORTED,258,REPORTED,/);
});

test("the file runs nothing in a spreadsheet, and never tells a withheld figure or a missing one as zero", () => {
  const series = {
    periods: ["2015", "2016", "2017"],
    values: [0, null, 5],
    statuses: ["REPORTED", "WITHHELD", "WITHHELD"],
  };
  const names = ["=1+1", "+1", "-1", "@a", "\t=1", "\r=1", 'a "b", c'];
  const answer = JSON.stringify({
    data: { series: names.map((name) => ({ reporter: { name }, ...series })) },
  });
  const csv = findTables(answer).map(toCsv).join();
  expect(csv.split("\r\n").slice(1, -1)).toEqual(
    [`"'=1+1"`, `"'+1"`, `"'-1"`, `"'@a"`, `"'\t=1"`, `"'\r=1"`, `"a ""b"", c"`].map(
      (name) => `${name},,0,REPORTED,,WITHHELD,,WITHHELD,`,
    ),
  );
});

test("nothing is left behind: no answer, token or header is stored, and «forget everything» clears the rest", async () => {
  await actAs("frontex-analyst");
  await execute("CompareByCitizenship");
  await page.waitForTimeout(1000); // GraphiQL stores what was typed half a second later
  const stored = await page.evaluate<string>(
    "JSON.stringify({ ...sessionStorage, ...localStorage })",
  );
  expect(stored).toContain("CompareByCitizenship");
  expect(stored).not.toMatch(/27640|Bearer|eyJ/);
  expect(await page.evaluate("localStorage.length")).toBe(0);

  await openSample("Agreements");
  await page.getByRole("button", { name: "Forget everything" }).click();
  await page.getByRole("status").getByText("pak-analyst").waitFor();
  await page.waitForTimeout(1000);
  expect(await page.evaluate<string>("JSON.stringify(sessionStorage)")).not.toMatch(
    /Agreements|frontex/,
  );
});

test.each(["Sample queries", "Documentation Explorer", "History"])(
  "axe finds nothing beside «%s»",
  async (plugin) => {
    await actAs("srb-analyst");
    await execute("CompareByCitizenship");
    await page.getByRole("table").waitFor();
    if (plugin !== "Sample queries")
      await page.getByRole("button", { name: `Show ${plugin}` }).click();
    await page.evaluate(axe.source);
    const found = await page.evaluate<AxeResults>(`axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa"],
    resultTypes: ["violations"],
  })`);
    // GraphiQL 5 draws a tab as <li role="tab"> around its two buttons: not ours to mend, and both can be reached by key.
    const theirs = (id: string, html: string) =>
      id === "nested-interactive" && html.includes('class="graphiql-tab ');
    const ours = found.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html }) => ({ id, html })),
    );
    expect(ours.filter(({ id, html }) => !theirs(id, html))).toEqual([]);
  },
);

test("Ctrl+M lets Tab leave the editor, as the page says", async () => {
  const focused = () =>
    page.evaluate<boolean>("Boolean(document.activeElement.closest('.monaco-editor'))");
  await page.locator(".graphiql-query-editor .monaco-editor").click();
  await page.keyboard.press("Tab");
  expect(await focused()).toBe(true);
  await page.keyboard.press("Control+m");
  await page.keyboard.press("Tab");
  expect(await focused()).toBe(false);
});

test("the watch itself sees a request that would leave the machine", async () => {
  await page.goto("http://statistics.example/").catch(() => undefined);
  expect(chrome.outside).toContain("http://statistics.example/");
  expect(chrome.outside).toContainEqual(
    expect.stringMatching(/^through the proxy: .*statistics\.example/),
  );
  chrome.outside.length = 0;
  chrome.complaints.length = 0;
});
