// The colour scales that rules.json may name, each by colours at places between 0 and 1.

type Stop = readonly [place: number, red: number, green: number, blue: number];

/** Colours in between are mixed linearly. */
export const colourScales: Readonly<Record<string, readonly Stop[]>> = {
  jet: [
    [0, 0, 0, 128],
    [0.125, 0, 0, 255],
    [0.375, 0, 255, 255],
    [0.625, 255, 255, 0],
    [0.875, 255, 0, 0],
    [1, 128, 0, 0],
  ],
  hot: [
    [0, 10, 0, 0],
    [0.375, 255, 0, 0],
    [0.75, 255, 255, 0],
    [1, 255, 255, 255],
  ],
  gray: [
    [0, 0, 0, 0],
    [1, 255, 255, 255],
  ],
  viridis: [
    [0, 68, 1, 84],
    [0.25, 59, 82, 139],
    [0.5, 33, 145, 140],
    [0.75, 94, 201, 98],
    [1, 253, 231, 37],
  ],
  inferno: [
    [0, 0, 0, 4],
    [0.25, 87, 16, 110],
    [0.5, 188, 55, 84],
    [0.75, 249, 142, 9],
    [1, 252, 255, 164],
  ],
};

/** The colours of 256 values from 0 to 1: red, green and blue of each. */
export function colourTable(name: string): Uint8Array {
  const stops = Object.hasOwn(colourScales, name) ? (colourScales[name] ?? []) : [];
  const table = new Uint8Array(256 * 3);
  for (let step = 0; step < 256; step += 1) {
    const value = step / 255;
    const next = Math.max(
      1,
      stops.findIndex(([place]) => place >= value),
    );
    const [low, high] = [stops[next - 1], stops[next]];
    if (low === undefined || high === undefined) continue;
    const part = (value - low[0]) / (high[0] - low[0]);
    for (const channel of [1, 2, 3] as const)
      table[step * 3 + channel - 1] = Math.round(low[channel] + (high[channel] - low[channel]) * part);
  }
  return table;
}
