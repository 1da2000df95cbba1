import { gid } from "../gid";
import type { Node, ShopScope } from "../scope";

type Policy = {
  countryCode: string;
  regionCode: string | null;
  consentRequired: boolean;
  dataSaleOptOutRequired: boolean;
};
type Wanted = { [Field in keyof Policy]?: Policy[Field] | null } & { id?: string | null };

/** The European Economic Area, the United Kingdom and Switzerland. */
const CONSENT_COUNTRIES =
  "AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK";
const OPT_OUT_REGIONS = "CA CO CT UT VA";

const CONSENT: Policy[] = CONSENT_COUNTRIES.split(" ").map((countryCode) => ({
  ...{ countryCode, regionCode: null },
  ...{ consentRequired: true, dataSaleOptOutRequired: false },
}));
const OPT_OUT: Policy[] = OPT_OUT_REGIONS.split(" ").map((regionCode) => ({
  ...{ countryCode: "US", regionCode },
  ...{ consentRequired: false, dataSaleOptOutRequired: true },
}));

/** Where shoppers are asked, in all of the stand-in's shops alike, as Shopify recommends it.
 * dev:api/admin-graphql/2026-07/queries/consentPolicy */
export const privacyFields = ({ shop }: ShopScope) => ({
  privacySettings: () => ({
    banner: { enabled: true, autoManaged: true },
    dataSaleOptOutPage: { autoManaged: true },
  }),
  consentPolicy: ({ id, ...wanted }: Wanted): Node[] =>
    [...CONSENT, ...OPT_OUT]
      .map((policy, i) => ({ ...policy, id: gid("ConsentPolicy", i + 1) }))
      .filter((policy) => (!id || policy.id === id) && isWanted(policy, wanted))
      .map((policy) => ({ ...policy, shopId: gid("Shop", shop.id) })),
});

const isWanted = (policy: Policy, wanted: Omit<Wanted, "id">) =>
  Object.entries(wanted).every(
    ([field, value]) => value === null || policy[field as keyof Policy] === value,
  );
