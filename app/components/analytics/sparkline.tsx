const [WIDTH, HEIGHT] = [120, 24];

/** A series without words, for the eye alone: the numbers stand elsewhere. */
export const Sparkline = ({ values }: { values: (number | null)[] }) => (
  <svg
    className="sparkline"
    viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
    preserveAspectRatio="none"
    aria-hidden
  >
    <polyline points={pointsOf(values)} />
  </svg>
);

/** What is not known is left out of the line; a line of one point goes to itself, which is a dot. */
function pointsOf(values: (number | null)[]): string {
  const most = Math.max(...values.map((value) => value ?? 0), Number.MIN_VALUE);
  const places = values.flatMap((value, index) => {
    if (value === null) return [];
    const x = (index / Math.max(1, values.length - 1)) * WIDTH;
    return `${x.toFixed(1)},${(HEIGHT - 1 - (value / most) * (HEIGHT - 2)).toFixed(1)}`;
  });
  return (places.length === 1 ? [...places, ...places] : places).join(" ");
}
