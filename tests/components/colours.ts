/** Red, green and blue, each from 0 to 1, in proportion to light. */
export type Light = readonly [number, number, number];
type Matrix = readonly [Light, Light, Light];

/** What dichromats see of a colour. Machado, Oliveira, Fernandes (2009): A Physiologically-based Model for
 * Simulation of Color Vision Deficiency, table 1, severity 1.0. */
export const VISIONS: Record<string, Matrix> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** sRGB to CIE XYZ under D65, as IEC 61966-2-1 has it. */
const TO_XYZ: Matrix = [
  [0.4124564, 0.3575761, 0.1804375],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339, 0.119192, 0.9503041],
];
const WHITE: Light = [0.95047, 1, 1.08883];

const sumOf = ([a, b, c]: Light, [x, y, z]: Light) => a * x + b * y + c * z;
const times = ([a, b, c]: Matrix, light: Light): Light => [
  ...([sumOf(a, light), sumOf(b, light), sumOf(c, light)] as const),
];
const inGamut = (part: number) => Math.min(1, Math.max(0, part));

const toLinear = (part: number) =>
  part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;

/** Of a colour as CSS writes it: #rrggbb or rgba(r, g, b, 1). */
export function lightOf(css: string): Light {
  const parts = css.startsWith("#")
    ? [1, 3, 5].map((at) => parseInt(css.slice(at, at + 2), 16))
    : [...css.matchAll(/\d+/g)].map(Number);
  const [r = NaN, g = NaN, b = NaN] = parts.map((part) => toLinear(part / 255));
  return [r, g, b];
}

export const seenBy = (vision: Matrix, light: Light): Light => {
  const [r, g, b] = times(vision, light);
  return [inGamut(r), inGamut(g), inGamut(b)];
};

/** WCAG 2.2: contrast ratio, from 1 to 21. */
export function contrast(one: Light, other: Light): number {
  const [a, b] = [sumOf(TO_XYZ[1], one), sumOf(TO_XYZ[1], other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** CIE 1976: how different two colours look; 2.3 can just be noticed. */
export function difference(one: Light, other: Light): number {
  const [a, b] = [labOf(one), labOf(other)];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function labOf(light: Light): Light {
  const xyz = times(TO_XYZ, light);
  const bent = ([0, 1, 2] as const).map((i) => bend(xyz[i] / WHITE[i]));
  const [x = 0, y = 0, z = 0] = bent;
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const bend = (part: number) =>
  part > 216 / 24_389 ? Math.cbrt(part) : ((24_389 / 27) * part + 16) / 116;
