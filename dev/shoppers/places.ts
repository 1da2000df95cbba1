import type { Chance } from "../chance";
import { hourRush } from "./calendar";

/** Where a shopper lives. */
export type Place = { country: string; timeZone: string; language: string };

const PLACES = {
  AT: { timeZone: "Europe/Vienna", languages: { "de-AT": 1 } },
  AU: { timeZone: "Australia/Sydney", languages: { "en-AU": 1 } },
  CH: { timeZone: "Europe/Zurich", languages: { "de-CH": 7, "fr-CH": 3 } },
  DE: { timeZone: "Europe/Berlin", languages: { "de-DE": 9, "en-GB": 1 } },
  FR: { timeZone: "Europe/Paris", languages: { "fr-FR": 1 } },
  GB: { timeZone: "Europe/London", languages: { "en-GB": 1 } },
  NL: { timeZone: "Europe/Amsterdam", languages: { "nl-NL": 9, "en-GB": 1 } },
  NZ: { timeZone: "Pacific/Auckland", languages: { "en-NZ": 9, "mi-NZ": 1 } },
  US: { timeZone: "America/New_York", languages: { "en-US": 9, "es-US": 1 } },
} as const;
type Country = keyof typeof PLACES;

/** How many of a shop's visitors live where, by the shop's country; evenly where it is not listed. */
const AUDIENCES: Record<string, Record<Country, number>> = {
  DE: { DE: 64, AT: 9, CH: 6, NL: 6, FR: 5, GB: 5, US: 4, AU: 1, NZ: 0 },
  NZ: { NZ: 68, AU: 18, GB: 4, US: 6, DE: 2, FR: 1, NL: 1, AT: 0, CH: 0 },
};

/** Where somebody lives who comes at a moment: those are likelier whose day is busy then. */
export function placeAt(at: number, shopCountry: string, luck: Chance): Place {
  const audience = AUDIENCES[shopCountry];
  const awake = Object.entries(PLACES).map(
    ([country, { timeZone }]) =>
      [country, (audience?.[country as Country] ?? 1) * hourRush(at, timeZone)] as const,
  );
  const country = luck.weighted(Object.fromEntries(awake)) as Country;
  const { timeZone, languages } = PLACES[country];
  return { country, timeZone, language: luck.weighted<string>(languages) };
}
