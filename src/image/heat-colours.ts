// The kit's one colour scale: anomaly 0 is indigo and clear, 1 is red; the same colours in every picture, whatever its own maximum.

type Colour = readonly [red: number, green: number, blue: number];

/** Colours at evenly spaced values from 0 to 1; in between they are mixed linearly. */
export const heatStops: readonly Colour[] = [
  [44, 30, 107],
  [30, 100, 220],
  [28, 180, 200],
  [120, 210, 90],
  [240, 225, 60],
  [246, 130, 32],
  [205, 20, 30],
];

const steps = 256;

/** Red, green, blue and opacity (0..255) for 256 anomaly values from 0 to 1. */
export const heatTable: Uint8Array = buildTable();

/** Index into {@link heatTable} of a value from 0 to 1. */
export function heatIndex(value: number): number {
  return 4 * Math.round((steps - 1) * value);
}

function buildTable(): Uint8Array {
  const table = new Uint8Array(steps * 4);
  for (let step = 0; step < steps; step += 1) {
    const value = step / (steps - 1);
    const place = value * (heatStops.length - 1);
    const low = heatStops[Math.floor(place)] ?? [0, 0, 0];
    const high = heatStops[Math.ceil(place)] ?? low;
    for (const channel of [0, 1, 2] as const) table[step * 4 + channel] = low[channel] + (high[channel] - low[channel]) * (place % 1);
    table[step * 4 + 3] = 255 * 0.72 * smooth((value - 0.12) / 0.5);
  }
  return table;
}

/** Rises from 0 to 1 without a corner, so that a good part's faint noise leaves the photograph as it is. */
function smooth(place: number): number {
  const at = Math.min(1, Math.max(0, place));
  return at * at * (3 - 2 * at);
}
