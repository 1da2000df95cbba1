import {
  Banner,
  BlockStack,
  Button,
  Card,
  Divider,
  InlineStack,
  Text,
  TextField,
} from "@shopify/polaris";
import { useState } from "react";
import { longMoment } from "./moments";

export type MatchStore = { domain: string; name: string | null; linkedAt: string };

type Props = {
  stores: MatchStore[];
  timeZone: string;
  /** A code that was just made: it is shown this once. */
  code: string | null;
  isBusy: boolean;
  onMakeCode: () => void;
  onAccept: (code: string) => void;
  onRevoke: (domain: string) => void;
};

/** The merchant's other stores whose listings are compared with this one's. */
export const MatchStoresCard = ({ stores, timeZone, code, isBusy, ...on }: Props) => (
  <Card>
    <BlockStack gap="300">
      <BlockStack gap="100">
        <Text as="h2" variant="headingSm">
          Linked stores
        </Text>
        <Text as="p" tone="subdued">
          Two stores of yours that are linked see each other&apos;s listings and prices, and go by
          what you say of them in either. Either ends it at once.
        </Text>
      </BlockStack>
      {stores.map(({ domain, name, linkedAt }) => (
        <InlineStack key={domain} align="space-between" blockAlign="center" gap="200">
          <BlockStack>
            <Text as="p" fontWeight="semibold">
              {name ?? domain}
            </Text>
            <Text as="p" tone="subdued">
              {domain}, since {longMoment(linkedAt, timeZone)}
            </Text>
          </BlockStack>
          <Button
            tone="critical"
            disabled={isBusy}
            accessibilityLabel={`End the link with ${name ?? domain}`}
            onClick={() => on.onRevoke(domain)}
          >
            End link
          </Button>
        </InlineStack>
      ))}
      <Divider />
      <Text as="p">
        To link another store, make a code in one of the two and enter it in the other one.
      </Text>
      {code !== null && (
        <Banner tone="info" title={code}>
          Enter this code under Matches in your other store. It works once, for 15 minutes.
        </Banner>
      )}
      <InlineStack>
        <Button disabled={isBusy} onClick={on.onMakeCode}>
          Make a code
        </Button>
      </InlineStack>
      <AcceptCode isBusy={isBusy} onAccept={on.onAccept} />
    </BlockStack>
  </Card>
);

function AcceptCode({ isBusy, onAccept }: Pick<Props, "isBusy" | "onAccept">) {
  const [code, setCode] = useState("");
  return (
    <TextField
      label="Code that your other store shows"
      placeholder="XXXX-XXXX-XXXX-XXXX"
      autoComplete="off"
      value={code}
      onChange={setCode}
      connectedRight={
        <Button
          disabled={code.trim() === "" || isBusy}
          onClick={() => {
            onAccept(code);
            setCode("");
          }}
        >
          Link stores
        </Button>
      }
    />
  );
}
