import type { Corpus } from "./corpus";
import {
  kindEvidence,
  numberEvidence,
  optionEvidence,
  priceEvidence,
  vendorEvidence,
  type Evidence,
} from "./evidence";
import type { Features } from "./features";
import { titleEvidence } from "./title-evidence";

export type Score = {
  /** How sure it is that two listings are one product: from 0 to 1. */
  confidence: number;
  /** The most telling first. */
  reasons: Evidence[];
};

/** From here on two listings are taken for one product, or shown to the merchant. */
export const AUTOMATIC = 0.9;
export const TO_REVIEW = 0.5;

export type Verdict = "automatic" | "review" | "no";
export function verdictOf(confidence: number): Verdict {
  if (confidence >= AUTOMATIC) return "automatic";
  return confidence >= TO_REVIEW ? "review" : "no";
}

/** Any two listings are two products, unless something speaks for one. */
const BEFORE = -1.5;

/** How sure it is that two listings are one product, and why: the same, whichever comes first. Points are
 * added up, as logarithms of odds are: `confidence = 1 / (1 + e^-(-1.5 + points))`. */
export function score(one: Features, other: Features, corpus: Corpus): Score {
  const reasons = [
    ...numberEvidence(one, other, corpus),
    ...titleEvidence(one, other, corpus),
    ...kindEvidence(one, other),
    ...vendorEvidence(one, other),
    ...optionEvidence(one, other),
    ...priceEvidence(one, other),
  ].sort((a, b) => Math.abs(b.points) - Math.abs(a.points) || (a.name < b.name ? -1 : 1));
  const points = reasons.reduce((sum, { points }) => sum + points, BEFORE);
  return { confidence: 1 / (1 + Math.exp(-points)), reasons };
}
