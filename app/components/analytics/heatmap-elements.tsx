import { BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
import { HEATMAP, HEATMAP_CELLS, type Place } from "~/analytics/heatmap/definitions";
import type { ClickedCell, ClickedElement } from "~/analytics/heatmap/heatmap.server";
import { groupBy } from "~/platform/group-by";
import type { Shown } from "../shown";
import { showFigure, type Writing } from "./figures";
import { Help } from "./help";
import { ReportTableCard } from "./report-table";
import "../charts.css";
import "./analytics.css";
import "./heatmap.css";

type Element = Shown<ClickedElement>;
type Props = {
  elements: Element[];
  cells: ClickedCell[];
  place: Place;
  isDrawn: boolean;
  writing: Writing;
};

const COLUMNS: (keyof Element)[] = [
  ...(["element", "clicks", "share", "sessions", "rageClicks", "deadClicks"] as const),
  ...(["sessionsBefore", "sessionsAfter"] as const),
];

/** The elements that were clicked, drawn with the places of their clicks, and as a table. */
export const HeatmapElements = ({ elements, cells, place, isDrawn, writing }: Props) => (
  <>
    {isDrawn && (
      <Card>
        <BlockStack gap="300">
          <InlineStack gap="100" blockAlign="center">
            <Text as="h2" variant="headingSm">
              {HEATMAP_CELLS.title}
            </Text>
            <Help column={HEATMAP_CELLS.columns.clicks} />
          </InlineStack>
          <Text as="p" tone="subdued">
            Each box is an element, whatever its shape on the page; the darker a place in it, the
            more clicks were there.
          </Text>
          <ol className="heatmap" aria-label={HEATMAP_CELLS.title}>
            {drawnOf(elements, cells).map(({ element, places }) => (
              <Drawn key={element.element} {...{ element, places, writing }} />
            ))}
          </ol>
        </BlockStack>
      </Card>
    )}
    <ReportTableCard
      report={HEATMAP}
      columns={COLUMNS}
      rows={elements}
      keyOf={({ element }) => element}
      asked={{ ...place }}
      writing={writing}
    />
  </>
);

/** The elements with places, in their order. */
function drawnOf(elements: readonly Element[], cells: readonly ClickedCell[]) {
  const places = groupBy(cells, ({ element }) => element);
  return elements.flatMap((element) => {
    const own = places.get(element.element);
    return own ? [{ element, places: own }] : [];
  });
}

type DrawnProps = { element: Element; places: ClickedCell[]; writing: Writing };

const Drawn = ({ element, places, writing }: DrawnProps) => (
  <li>
    <Text as="p" variant="bodySm" breakWord>
      {element.element}
    </Text>
    <Text as="p" variant="bodySm" tone="subdued">
      {`${showFigure(element.clicks, "count", writing)} clicks, ${showFigure(element.share, "share", writing)} of all`}
      {element.rageClicks > 0 && `; in rage: ${element.rageClicks}`}
      {element.deadClicks > 0 && `; in vain: ${element.deadClicks}`}
    </Text>
    <div className="heatmap-box" aria-hidden>
      {places.map((cell) => (
        <span
          key={`${cell.column} ${cell.row}`}
          title={inWords(cell)}
          style={{
            gridColumn: cell.column + 1,
            gridRow: cell.row + 1,
            opacity: shadeOf(cell, places),
          }}
        />
      ))}
    </div>
    <Text as="p" visuallyHidden>
      {places.map(inWords).join("; ")}
    </Text>
  </li>
);

const inWords = ({ column, row, clicks }: ClickedCell): string =>
  `column ${column + 1}, row ${row + 1}: ${clicks} ${clicks === 1 ? "click" : "clicks"}`;

/** From 0.25, so that a single click is seen, to 1 for the element's busiest place. */
const shadeOf = ({ clicks }: ClickedCell, places: readonly ClickedCell[]): number =>
  0.25 + (0.75 * clicks) / Math.max(...places.map((each) => each.clicks));
