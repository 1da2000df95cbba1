import {
  Badge,
  BlockStack,
  Button,
  Card,
  Divider,
  InlineGrid,
  InlineStack,
  List,
  Text,
} from "@shopify/polaris";
import { CheckCircleIcon } from "@shopify/polaris-icons";
import { useEffect, useRef } from "react";
import { MatchListingView, type MatchListing } from "./match-listing";
import { NothingHere } from "./nothing-here";

export type MatchQuestion = {
  one: MatchListing;
  other: MatchListing;
  /** From 0 to 1. */
  confidence: number;
  reasons: { name: string; points: number; words: string }[];
};

type Props = {
  questions: MatchQuestion[];
  total: number;
  own: string;
  isBusy: boolean;
  onAnswer: (answer: Answer) => void;
};
type Answer = { kind: "confirm" | "reject"; one: string; other: string };

/** Pairs of listings that may be one product: the merchant says whether they are. */
export const MatchQuestionsCard = ({ questions, total, ...rest }: Props) => (
  <Card>
    <BlockStack gap="400">
      <BlockStack gap="100">
        <Text as="h2" variant="headingSm">
          To review
        </Text>
        {total > 0 && (
          <Text as="p" tone="subdued">
            {total === 1 ? "One pair of listings" : `${total} pairs of listings`} may be one
            product, the surest first. What you answer holds whatever is found later.
          </Text>
        )}
      </BlockStack>
      {total === 0 ? (
        <NothingHere
          icon={CheckCircleIcon}
          title="Nothing to review"
          advice="Pairs that are not sure enough to be grouped show up here."
        />
      ) : (
        <Questions questions={questions} {...rest} />
      )}
    </BlockStack>
  </Card>
);

/** Whoever answers with the keyboard goes on with the next question. */
function Questions({ questions, onAnswer, isBusy, own }: Omit<Props, "total">) {
  const list = useRef<HTMLDivElement>(null);
  const hasAnswered = useRef(false);
  useEffect(() => {
    if (!hasAnswered.current || isBusy) return;
    hasAnswered.current = false;
    list.current?.querySelector("button")?.focus();
  }, [questions, isBusy]);
  const answer = (given: Answer) => {
    hasAnswered.current = true;
    onAnswer(given);
  };
  return (
    <div ref={list}>
      <BlockStack gap="400">
        {questions.map((question) => (
          <QuestionView
            key={`${question.one.name} ${question.other.name}`}
            {...{ question, own, isBusy }}
            onAnswer={answer}
          />
        ))}
      </BlockStack>
    </div>
  );
}

const QuestionView = ({
  question: { one, other, confidence, reasons },
  own,
  isBusy,
  onAnswer,
}: Omit<Props, "questions" | "total"> & { question: MatchQuestion }) => {
  const answer = (kind: "confirm" | "reject") => () =>
    onAnswer({ kind, one: one.name, other: other.name });
  const pair = `${one.title} and ${other.title}`;
  return (
    <section aria-label={pair}>
      <BlockStack gap="300">
        <Divider />
        <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
          <MatchListingView listing={one} own={own} />
          <MatchListingView listing={other} own={own} />
        </InlineGrid>
        <Reasons confidence={confidence} reasons={reasons} />
        <InlineStack gap="200">
          <Button
            variant="primary"
            disabled={isBusy}
            accessibilityLabel={`Same product: ${pair}`}
            onClick={answer("confirm")}
          >
            Same product
          </Button>
          <Button
            disabled={isBusy}
            accessibilityLabel={`Different products: ${pair}`}
            onClick={answer("reject")}
          >
            Different products
          </Button>
        </InlineStack>
      </BlockStack>
    </section>
  );
};

const Reasons = ({ confidence, reasons }: Pick<MatchQuestion, "confidence" | "reasons">) => (
  <BlockStack gap="100">
    <InlineStack>
      <Badge tone="attention">{`${Math.round(confidence * 100)}% sure`}</Badge>
    </InlineStack>
    <List>
      {reasons
        .filter(({ points }) => Math.abs(points) >= 0.05)
        .map(({ name, points, words }) => (
          <List.Item key={name}>
            {words}
            <Text as="span" tone="subdued">
              {points > 0 ? " speaks for it" : " speaks against it"} ({signed(points)})
            </Text>
          </List.Item>
        ))}
    </List>
  </BlockStack>
);

const signed = (points: number) => `${points > 0 ? "+" : "−"}${Math.abs(points).toFixed(1)}`;
