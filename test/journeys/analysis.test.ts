import { type House, openHouse } from "../support/house";
let house: House;
beforeAll(async () => { house = await openHouse(); });
afterAll(() => house?.stop());
const ROW = "reporter { code } value status previous change changePercent share quarters quarterStatuses vintage highestShare { citizenship { code } share } sources { id }";
const CONTENTS = `coverage { reporter { code } indicator { code } periods states } sections { indicator { code } reporters { ${ROW} } sum { value previous changePercent included { code } leftOut { code } } topTens { reporter { code } rows { citizenship { code } value share changePercent } others othersStatus } }
 borders { reporter { code } values } mirrors { logRatio flagged } quality { reporter { code } indicator { code } timelinessDays punctualityDays completeness shareUnknown meanAbsoluteRevision } definitions { reporter { code } period status } leftOut { code } tlp markings { originator label }`;
test("look", async () => {
  for (const who of ["frontex-analyst", "hun-analyst", "afg-analyst"]) {
    const t = Date.now();
    const { data, errors } = await house.ask(who, `{ annualAnalysis(year: 2015) { year state own { ${CONTENTS} } cleared { leftOut { code } } } }`);
    console.log(who, Date.now() - t, JSON.stringify(errors), JSON.stringify(data).slice(0, 6000));
  }
});
