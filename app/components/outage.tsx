import { Banner } from "@shopify/polaris";

/** Says that what is shown may be old. */
export const Outage = () => (
  <Banner tone="warning" title="The numbers cannot be refreshed at the moment">
    Pixelnova does not answer. This page keeps trying; your storefront works as before.
  </Banner>
);
