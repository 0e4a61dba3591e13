import { writeFileSync } from "node:fs";
import { type House, openHouse } from "../support/house";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.stop());
test("look", async () => {
  for (const who of ["frontex-analyst", "pak-analyst"])
    for (const format of ["html", "pdf"]) {
      const t = Date.now();
      const r = await fetch(`${house.url}/analysis?year=2015&format=${format}`, {
        headers: { authorization: `Bearer ${await house.token(who)}` },
      });
      const body = Buffer.from(await r.arrayBuffer());
      console.log(
        who,
        format,
        r.status,
        r.headers.get("content-type"),
        body.length,
        Date.now() - t,
        r.status !== 200 ? body.toString() : "",
      );
      require("node:fs").mkdirSync("/tmp/ana", { recursive: true });
      writeFileSync(`/tmp/ana/${who}.${format}`, body);
    }
});
