import {
  Badge,
  BlockStack,
  Box,
  Button,
  Card,
  Divider,
  InlineStack,
  List,
  Text,
} from "@shopify/polaris";
import { Link } from "@remix-run/react";
import { LinkIcon } from "@shopify/polaris-icons";
import { visitorOfClient, visitorOfCustomer } from "~/projections/identity";
import { longMoment } from "./moments";
import { NothingHere } from "./nothing-here";
import { browserName, visitorAddress, visitorName } from "./visitor-name";

/** A browser that is, or was, taken for a customer's, with moments as ISO timestamps. */
export type ShownLink = {
  clientId: string;
  customerId: string;
  isUndone: boolean;
  sessionCount: number;
  evidence: {
    kind: "signed_in" | "order";
    eventId: string;
    at: string;
    orderId: string | null;
    sessions: number;
  }[];
};
export type LinkChange = Pick<ShownLink, "clientId" | "customerId"> & {
  change: "undo" | "restore";
};

type Props = {
  /** Whose page it is. */
  visitorId: string;
  links: ShownLink[];
  timeZone: string;
  /** The browser whose link is being changed. */
  changing: FormDataEntryValue | null;
  onChange: (change: LinkChange) => void;
};

/** Why browsers are taken for one person's, and what the merchant can do about it. */
export const LinksCard = ({ links, ...rest }: Props) => (
  <Card>
    <BlockStack gap="300">
      <BlockStack gap="100">
        <Text as="h2" variant="headingSm">
          Why this is one person
        </Text>
        <Text as="p" tone="subdued">
          What a browser did before somebody signed in counts as theirs, and so does what follows,
          until somebody else signs in. If that is wrong, undo the link: it stays undone.
        </Text>
      </BlockStack>
      {links.length === 0 && (
        <NothingHere
          icon={LinkIcon}
          title="Nothing ties this visitor to a customer"
          advice="A link appears when somebody signs in, or when an order comes of a checkout in this browser."
        />
      )}
      {links.map((link) => (
        <LinkRow key={`${link.customerId} ${link.clientId}`} link={link} {...rest} />
      ))}
    </BlockStack>
  </Card>
);

const LinkRow = ({
  visitorId,
  link,
  timeZone,
  changing,
  onChange,
}: Omit<Props, "links"> & { link: ShownLink }) => {
  const { clientId, customerId, isUndone, sessionCount, evidence } = link;
  const change = isUndone ? "restore" : "undo";
  const name = browserName(clientId);
  return (
    <>
      <Divider />
      <InlineStack gap="200" align="space-between" blockAlign="start" wrap={false}>
        <BlockStack gap="100">
          <InlineStack gap="200" align="start">
            <Text as="h3" variant="headingSm">
              <OtherEnd visitorId={visitorId} link={link} />
            </Text>
            {isUndone && <Badge>Undone</Badge>}
            {!isUndone && sessionCount > 0 && <Badge>{sessionsOf(sessionCount)}</Badge>}
          </InlineStack>
          <List>
            {evidence.map((shown) => (
              <List.Item key={shown.kind}>{sentenceOf(shown, customerId, timeZone)}</List.Item>
            ))}
          </List>
        </BlockStack>
        <Box minWidth="fit-content">
          <Button
            loading={changing === clientId}
            accessibilityLabel={`${isUndone ? "Restore" : "Undo"} the link of ${name} to customer ${customerId}`}
            onClick={() => onChange({ clientId, customerId, change })}
          >
            {isUndone ? "Restore" : "Undo"}
          </Button>
        </Box>
      </InlineStack>
    </>
  );
};

/** What the visitor is tied to: a browser, which has a page of its own once it is nobody's, or, on that
 * page, the customer. */
function OtherEnd({ visitorId, link }: Pick<Props, "visitorId"> & { link: ShownLink }) {
  const { clientId, customerId, isUndone } = link;
  const customer = visitorOfCustomer(customerId);
  if (visitorId === customer && !isUndone) return browserName(clientId);
  const other = visitorId === customer ? visitorOfClient(clientId) : customer;
  return (
    <Link className="Polaris-Link" to={visitorAddress(other)}>
      {visitorName(other)}
    </Link>
  );
}

const sessionsOf = (count: number) => (count === 1 ? "1 session" : `${count} sessions`);

function sentenceOf(
  { kind, eventId, at, orderId, sessions }: ShownLink["evidence"][number],
  customerId: string,
  timeZone: string,
): string {
  const what =
    kind === "signed_in"
      ? `Customer ${customerId} was signed in`
      : `Order ${orderId} of customer ${customerId} came of a checkout here`;
  const more = sessions > 1 ? `, and again in ${sessionsOf(sessions - 1)}` : "";
  return `${what} on ${longMoment(at, timeZone)} (event ${eventId})${more}.`;
}
