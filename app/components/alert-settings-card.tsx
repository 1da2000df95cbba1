import {
  Banner,
  BlockStack,
  Button,
  Card,
  Divider,
  FormLayout,
  InlineStack,
  Text,
  TextField,
} from "@shopify/polaris";
import { useState } from "react";
import { longMoment } from "./moments";

type Props = {
  lowStockQuantity: number;
  webhookUrl: string | null;
  webhookSetAt: string | null;
  /** Shoppers who wait for something. */
  subscribers: number;
  /** Whether the server can send e-mails. */
  hasMail: boolean;
  timeZone: string;
  isChanging: boolean;
  /** What the webhooks are signed with, right after the address was set. */
  secret: string | null;
  onLowStock: (quantity: string) => void;
  onWebhook: (url: string) => void;
  onRemove: () => void;
};

/** What counts as low, who is told by e-mail, and where alerts are sent as webhooks. */
export const AlertSettingsCard = (props: Props) => (
  <Card>
    <BlockStack gap="400">
      <Text as="h2" variant="headingSm">
        Settings
      </Text>
      <LowStock {...props} key={`low ${props.lowStockQuantity}`} />
      <Divider />
      <Shoppers {...props} />
      <Divider />
      <Webhook {...props} key={`webhook ${props.webhookSetAt}`} />
    </BlockStack>
  </Card>
);

function LowStock({ lowStockQuantity, isChanging, onLowStock }: Props) {
  const [quantity, setQuantity] = useState(String(lowStockQuantity));
  return (
    <TextField
      label="Stock is low from this many pieces down"
      type="number"
      min={1}
      autoComplete="off"
      value={quantity}
      onChange={setQuantity}
      connectedRight={
        <Button disabled={isChanging} onClick={() => onLowStock(quantity)}>
          Save quantity
        </Button>
      }
    />
  );
}

const Shoppers = ({ hasMail, subscribers }: Props) =>
  hasMail ? (
    <Text as="p">
      {subscribers === 1 ? "1 alert is" : `${subscribers} alerts are`} waited for by shoppers, who
      get one e-mail each.
    </Text>
  ) : (
    <Banner tone="info" title="Shoppers cannot be told by e-mail yet">
      Pixelnova has no server to send e-mails through, so the storefront offers no alerts. Whoever
      runs Pixelnova sets SMTP_URL and MAIL_FROM.
    </Banner>
  );

function Webhook({ webhookUrl, webhookSetAt, timeZone, isChanging, ...rest }: Props) {
  const { secret, onWebhook, onRemove } = rest;
  const [url, setUrl] = useState(webhookUrl ?? "");
  return (
    <FormLayout>
      <TextField
        label="Send alerts as webhooks to"
        placeholder="https://"
        type="url"
        autoComplete="off"
        value={url}
        onChange={setUrl}
        helpText={
          webhookSetAt
            ? `Set ${longMoment(webhookSetAt, timeZone)}. Saving an address makes a new secret.`
            : "An https address of yours. Every alert is posted there, signed."
        }
      />
      <InlineStack gap="200">
        <Button disabled={isChanging || url === ""} onClick={() => onWebhook(url)}>
          Save address
        </Button>
        {webhookUrl !== null && (
          <Button variant="tertiary" tone="critical" disabled={isChanging} onClick={onRemove}>
            Send no webhooks
          </Button>
        )}
      </InlineStack>
      {secret !== null && (
        <Banner tone="warning" title="Keep this secret: it is not shown again">
          <code style={{ overflowWrap: "anywhere" }}>{secret}</code>
        </Banner>
      )}
    </FormLayout>
  );
}
