import { Link } from "@remix-run/react";
import { Text } from "@shopify/polaris";
import { showFigure } from "./figures";

type Named = { of: string; title: string | null; productId: string | null };

/** What a row of products is called, with the way to its page where the catalogue has it. */
export const ProductName = ({ of, title, productId }: Named) => {
  const name = of === "none" ? "None" : (title ?? `Number ${of}`);
  if (productId === null) return <>{name}</>;
  return (
    <Link className="Polaris-Link" to={`/app/catalog/${productId}`}>
      {name}
    </Link>
  );
};

type Rate = { share: number | null; low: number | null; high: number | null };
const NO_MONEY = { currency: null, timeZone: "UTC" };
const percent = (share: number | null) => showFigure(share, "share", NO_MONEY);

/** A rate, and below it where it lies with 95 % confidence: "16–25%". */
export const RateCell = ({ share, low, high }: Rate) => (
  <>
    {percent(share)}
    {share !== null && (
      <Text as="p" tone="subdued">
        {`${percent(low).replace("%", "")}–${percent(high)}`}
      </Text>
    )}
  </>
);
