/** When an upload is cut, over real sockets: not by how long it takes, but by lack of progress. */
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import type { Request } from "express";
import { receiveUpload, UploadSlots } from "../../gateway/uploads";

const PACE = { stallMs: 1_000, leastBytes: 100 };
let server: Server;
let received: Promise<number>;
beforeEach(async () => {
  received = new Promise((resolve, reject) => {
    server = createServer((request, response) => {
      receiveUpload(request as Request, PACE)
        .then(async (spooled) => {
          await spooled.remove();
          response.end();
          resolve(spooled.size);
        })
        .catch(reject);
    });
  });
  received.catch(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function send(parts: number, bytes: number, pauseMs: number, length = parts * bytes) {
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.on("error", () => undefined);
  socket.write(`POST / HTTP/1.1\r\nhost: x\r\ncontent-length: ${length}\r\n\r\n`);
  for (let part = 0; part < parts && !socket.destroyed; part++) {
    socket.write(Buffer.alloc(bytes, "a"));
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  return socket;
}

test("a slow upload that makes progress is taken, however long it takes", async () => {
  await send(12, 100, 200);
  expect(await received).toBe(1_200);
});

test("an upload that stops is cut", async () => {
  const socket = await send(1, 100, 0, 1_000_000);
  await expect(received).rejects.toThrow("stopped coming");
  if (!socket.destroyed) await new Promise((resolve) => socket.once("close", resolve));
});

test("a byte now and then is no progress", async () => {
  await send(12, 1, 200, 1_000_000);
  await expect(received).rejects.toThrow("stopped coming");
});

test("a partner holds so many slots and no more, and gets them back", () => {
  const slots = new UploadSlots();
  const releases = Array.from({ length: 4 }, () => slots.take("AUT"));
  expect(() => slots.take("AUT")).toThrow("already");
  slots.take("DEU")();
  releases[0]?.();
  slots.take("AUT");
});
