import { Badge, BlockStack, Button, Card, Divider, InlineStack, Text } from "@shopify/polaris";
import { PersonIcon } from "@shopify/polaris-icons";
import { longMoment } from "./moments";
import { NothingHere } from "./nothing-here";

/** What a customer asked for, with moments as ISO timestamps. */
export type PrivacyRequest = {
  requestId: string;
  topic: "customers/data_request" | "customers/redact";
  customerId: string;
  receivedAt: string;
  completedAt: string | null;
  hasExport: boolean;
};

type Props = {
  requests: PrivacyRequest[];
  timeZone: string;
  /** The request whose download is on its way. */
  downloading: FormDataEntryValue | null;
  onDownload: (requestId: string) => void;
};

/** The customers' requests that Shopify passed on, and the data to hand over. */
export const PrivacyRequestsCard = ({ requests, ...rest }: Props) => (
  <Card>
    <BlockStack gap="300">
      <Text as="h2" variant="headingSm">
        Customers&apos; requests
      </Text>
      {requests.length === 0 && <NoRequests />}
      {requests.map((request) => (
        <RequestRow key={request.requestId} request={request} {...rest} />
      ))}
    </BlockStack>
  </Card>
);

const NAMES = { "customers/data_request": "Copy of data", "customers/redact": "Erasure" };

type RowProps = Omit<Props, "requests"> & { request: PrivacyRequest };

const RequestRow = ({ request, timeZone, downloading, onDownload }: RowProps) => (
  <>
    <Divider />
    <InlineStack gap="200" align="space-between" blockAlign="center">
      <BlockStack gap="050">
        <InlineStack gap="200">
          <Text as="h3" variant="headingSm">
            {NAMES[request.topic]} for customer {request.customerId}
          </Text>
          <State {...request} />
        </InlineStack>
        <Text as="p" tone="subdued">
          Received {longMoment(request.receivedAt, timeZone)}
        </Text>
      </BlockStack>
      {request.hasExport && (
        <Button
          loading={downloading === request.requestId}
          accessibilityLabel={`Download the data of customer ${request.customerId}`}
          onClick={() => onDownload(request.requestId)}
        >
          Download
        </Button>
      )}
    </InlineStack>
  </>
);

function State({ topic, completedAt, hasExport }: PrivacyRequest) {
  if (completedAt === null) return <Badge tone="attention">In progress</Badge>;
  if (topic === "customers/redact") return <Badge tone="success">Erased</Badge>;
  return hasExport ? <Badge tone="success">Ready</Badge> : <Badge>Erased since</Badge>;
}

const NoRequests = () => (
  <NothingHere
    icon={PersonIcon}
    title="No customer has asked for anything"
    advice="When a customer asks you for their data or for its erasure, start it on their page in your Shopify admin. It shows up here."
  />
);
