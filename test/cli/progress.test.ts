import { mock } from "node:test";
import { Progress } from "../../cli/progress";

async function* chunks(...sizes: number[]): AsyncGenerator<Uint8Array> {
  for (const size of sizes) yield new Uint8Array(size);
}

function screenOf(isTTY: boolean) {
  const written: string[] = [];
  return { screen: { isTTY, write: (text: string) => written.push(text) }, written };
}

async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<number> {
  let bytes = 0;
  for await (const chunk of stream) bytes += chunk.length;
  return bytes;
}

test("a terminal sees the bar fill and the line wiped", async () => {
  const { screen, written } = screenOf(true);
  expect(await bytesOf(new Progress(screen).passing("Sending", chunks(25, 25, 50), 100))).toBe(100);
  expect(written).toEqual([
    "\r\u001b[KSending [######------------------] 25 %",
    "\r\u001b[KSending [############------------] 50 %",
    "\r\u001b[KSending [########################] 100 %",
    "\r\u001b[K",
  ]);
});

test("a terminal sees the seconds of waiting, from when all has been sent", async () => {
  mock.timers.enable({ apis: ["setInterval"] });
  try {
    const { screen, written } = screenOf(true);
    const progress = new Progress(screen);
    let answer = (_: string) => {};
    const waiting = progress.until("Judging", new Promise<string>((resolve) => (answer = resolve)));
    mock.timers.tick(5_000);
    expect(written).toEqual([]);
    await bytesOf(progress.passing("Sending", chunks(1), 1));
    written.length = 0;
    mock.timers.tick(2_000);
    answer("there");
    expect(await waiting).toBe("there");
    expect(written).toEqual(["\r\u001b[KJudging 1 s", "\r\u001b[KJudging 2 s", "\r\u001b[K"]);
    mock.timers.tick(5_000);
    expect(written).toHaveLength(3);
  } finally {
    mock.timers.reset();
  }
});

test("a pipe or a log file sees nothing, and gets every byte", async () => {
  const { screen, written } = screenOf(false);
  const progress = new Progress(screen);
  expect(await bytesOf(progress.passing("Sending", chunks(3, 4), 7))).toBe(7);
  expect(await progress.until("Judging", Promise.resolve("there"))).toBe("there");
  expect(written).toEqual([]);
});
