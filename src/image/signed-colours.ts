// Colours of a signed difference, on one logarithmic scale for all pictures: what is small shows as well as what is large.

/** Differences under it are clear. */
export const signedFloor = 1e-4;

type Colour = readonly [red: number, green: number, blue: number];

/** Mild and strong colour of less and of more. */
export const signedStops: { readonly less: readonly [Colour, Colour]; readonly more: readonly [Colour, Colour] } = {
  less: [
    [96, 190, 235],
    [20, 60, 200],
  ],
  more: [
    [250, 190, 70],
    [205, 20, 30],
  ],
};

/** Red, green, blue and opacity of a difference, 0 to 255; what is no number is magenta. */
export function signedColour(difference: number): readonly [number, number, number, number] {
  if (!Number.isFinite(difference)) return [230, 0, 200, 255];
  const size = Math.abs(difference);
  if (size < signedFloor) return [0, 0, 0, 0];
  const place = Math.min(1, Math.log10(size / signedFloor) / -Math.log10(signedFloor));
  const [mild, strong] = difference < 0 ? signedStops.less : signedStops.more;
  const mix = (channel: 0 | 1 | 2): number => Math.round(mild[channel] + (strong[channel] - mild[channel]) * place);
  return [mix(0), mix(1), mix(2), Math.round(255 * (0.35 + 0.6 * place))];
}
