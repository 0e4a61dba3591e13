import { said } from "./check";

const of = (lines: string) => said("wrong-dimension", lines);

test("a dimension that the indicator has not", async () => {
  const header = "indicator,reporter,period,age_group,value";
  expect(await of(`${header}\nFAC,AUT,2014,Y_GE18,511`)).toEqual([
    "2: FAC is not broken down by AGE_GROUP. Its tables are: the total; CITIZENSHIP; CITIZENSHIP × PLACE_OF_DETECTION; CITIZENSHIP × SEX.",
  ]);
  expect(await of(`${header}\nFAC,AUT,2014,,511\nFAC,AUT,2014,_T,511`)).toEqual([]);
});

test("dimensions that it has, and not together", async () => {
  const header = "indicator,reporter,period,citizenship,refusal_reason,value";
  expect(
    await of(`${header}\nREF,AUT,2014,AFG,C,12\nREF,AUT,2014,,C,12\nREF,AUT,2014,AFG,,12`),
  ).toEqual([
    "2: REF has no table by CITIZENSHIP × REFUSAL_REASON. Its tables are: the total; CITIZENSHIP; CITIZENSHIP × BORDER_TYPE; REFUSAL_REASON.",
  ]);
});

test("of an indicator that is none nothing is said: there is no catalogue of it", async () => {
  expect(await of("indicator,reporter,period,age_group,value\nXXX,AUT,2014,Y_GE18,1")).toEqual([]);
});
