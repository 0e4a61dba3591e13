import { MADE_OF } from "../../shared/graphql/shield";
import type { CountryRecord } from "./country.entity";
import type { Country } from "./country.type";
import { profileOf } from "./profiles/profile.mapping";

/** The profile is judged before it is fetched, hence the mark on the country itself. */
export function toCountry({ code, alpha2, numericCode, name, note }: CountryRecord): Country {
  return Object.assign({ code, alpha2, numericCode, name, note }, { [MADE_OF]: [profileOf(code)] });
}
