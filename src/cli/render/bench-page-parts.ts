// Parts of a benchmark's page that were asked for: takt, pictures, sizes, cameras.
import type { BenchReport } from '../../bench/bench-report.ts';
import type { Cell, PagePart, ReportTable } from '../../report/bench/bench-page.ts';
import { percent, rate, spacedPercentile, spacedTime } from './bench-figures.ts';
import { figure } from './bench-page-tables.ts';

const heads = (titles: readonly string[]) => titles.map((title) => ({ title, figures: true }));

/** A line with fixed triggers. */
export function taktPart({ takt }: BenchReport): PagePart | undefined {
  if (takt === undefined) return undefined;
  const { taktMs, parts, missed, missedShare, worstMs, longestStall, jitterMs, latency, closed, timeline } = takt;
  const row = (name: string, of: typeof latency): Cell[] => [
    name,
    ...[of.median, of.mean].map((value) => figure(spacedTime(value))),
    ...(['p95', 'p99'] as const).map((share) => figure(spacedPercentile(of, share))),
    figure(spacedTime(of.max)),
  ];
  return {
    id: 'takt',
    title: 'Takt',
    tiles: [
      {
        label: `Late at ${spacedTime(taktMs)}`,
        value: `${missed} of ${parts}`,
        note: `${percent(missedShare[0])} to ${percent(missedShare[1])} of all, 95 %`,
      },
      { label: 'Worst', value: spacedTime(worstMs), note: 'after the part was due' },
      longestStall.parts === 0
        ? { label: 'Longest stall', value: 'none', note: 'no part was late' }
        : { label: 'Longest stall', value: spacedTime(longestStall.ms), note: `${longestStall.parts} part(s) late in a row` },
      { label: 'Jitter', value: spacedTime(jitterMs.median), note: `at most ${spacedTime(jitterMs.max)}` },
    ],
    charts: [
      [
        {
          id: 'takt-timeline',
          title: 'Latency from when each part was due',
          caption: `A part that waits for the one before it waits on: a stall shows as a slope. Points above the line at ${spacedTime(taktMs)} are late.`,
          kind: 'points',
          xLabel: 'time in s',
          yLabel: 'latency in ms',
          x: timeline.atMs.map((at) => at / 1000),
          series: [{ label: 'from due to result in ms', values: timeline.latencyMs }],
          marks: [{ label: `takt ${taktMs} ms`, value: taktMs, axis: 'y' }],
          log: { axis: 'y', on: worstMs > 8 * latency.median },
        },
      ],
    ],
    tables: [
      {
        title: 'What the line sees, and what a loop would have reported',
        note: 'A loop that waits for each answer skips the triggers that fall into a stall: it measures one slow part where the line has many late ones.',
        columns: [{ title: '' }, ...heads(['Median', 'Mean', 'P95', 'P99', 'Max'])],
        rows: [row('from due to result', latency), row('the calls alone', closed)],
      },
    ],
  };
}

/** Pictures, sizes and repeated frames. */
export function picturesPart({ images, sweep, caching }: BenchReport): PagePart | undefined {
  if (images === undefined && sweep === undefined && caching === undefined) return undefined;
  return {
    id: 'pictures',
    title: 'Pictures',
    tiles:
      caching === undefined
        ? []
        : [
            { label: 'Repeated frames', value: spacedTime(caching.identicalMs) },
            { label: 'Ever new frames', value: spacedTime(caching.distinctMs) },
            {
              label: 'Ratio',
              value: caching.ratio.toFixed(2),
              note: `95 %: ${caching.interval.map((end) => end.toFixed(2)).join(' to ')}`,
            },
          ],
    charts: [],
    tables: [...(images === undefined ? [] : [imageTable(images)]), ...(sweep === undefined ? [] : [sweepTable(sweep)])],
  };
}

const references = {
  equal: { tone: 'pass', text: 'as golden' },
  differs: { tone: 'fail', text: 'differs' },
  stale: { tone: 'review', text: 'stale reference' },
  none: { tone: 'none', text: 'no reference' },
} as const;

function imageTable(images: NonNullable<BenchReport['images']>): ReportTable {
  const slowest = [...images].sort((a, b) => b.latency.median - a.latency.median);
  return {
    title: 'Every picture, the slowest first',
    note: 'Timed in turns, so that what disturbs the machine disturbs all alike.',
    columns: [{ title: 'Image' }, { title: 'Decision' }, ...heads(['Size', 'Median', 'Min', 'P95', 'Max']), { title: 'Results' }],
    rows: slowest.map(({ image, decisions, width, height, latency, reference }) => [
      image,
      Object.keys(decisions).join(' / '),
      figure(`${width}×${height}`),
      figure(spacedTime(latency.median)),
      figure(spacedTime(latency.min)),
      figure(spacedPercentile(latency, 'p95')),
      figure(spacedTime(latency.max)),
      references[reference],
    ]),
  };
}

function sweepTable(sweep: NonNullable<BenchReport['sweep']>): ReportTable {
  return {
    title: 'Sizes, pixel formats and strides',
    columns: [{ title: 'Changed' }, { title: 'Frame' }, ...heads(['Stride in bytes', 'Median', 'Min', 'Max', 'Mpx/s']), { title: '' }],
    rows: sweep.map(({ kind, width, height, format, strideBytes, latency, megapixelsPerSecond, refused }) => [
      kind,
      `${width}×${height} ${format}`,
      figure(String(strideBytes)),
      ...[latency?.median, latency?.min, latency?.max].map((value) => figure(value === undefined ? '' : spacedTime(value))),
      figure(megapixelsPerSecond?.toFixed(1) ?? ''),
      refused === undefined ? '' : { tone: 'none', text: refused },
    ]),
  };
}

/** Several cameras at the same time. */
export function camerasPart({ cameras }: BenchReport): PagePart | undefined {
  if (cameras === undefined) return undefined;
  const late = cameras.some(({ takt }) => takt !== undefined);
  return {
    id: 'cameras',
    title: 'Cameras',
    tiles: [],
    charts: [
      [
        {
          id: 'scaling',
          title: 'Inspections a second of all cameras',
          caption: 'Each camera is a process with a plugin of its own. The straight line is what perfect scaling would give.',
          kind: 'line',
          xLabel: 'cameras',
          whole: true,
          yLabel: 'inspections a second',
          x: cameras.map((row) => row.cameras),
          series: [
            { label: 'measured', values: cameras.map(({ totalFps }) => totalFps) },
            { label: 'perfect', values: cameras.map((row) => row.cameras * (cameras[0]?.totalFps ?? 0)) },
          ],
        },
      ],
    ],
    tables: [
      {
        title: 'Scaling',
        columns: heads(['Cameras', 'FPS in all', 'FPS each', 'Scaling', 'Median', 'P95', 'P99', ...(late ? ['Late', 'Worst'] : [])]),
        rows: cameras.map(({ cameras: count, totalFps, efficiency, latency, takt }) =>
          [
            String(count),
            rate(totalFps),
            rate(totalFps / count),
            `${Math.round(efficiency * 100)} %`,
            spacedTime(latency.median),
            spacedPercentile(latency, 'p95'),
            spacedPercentile(latency, 'p99'),
            ...(takt === undefined ? [] : [`${takt.missed} of ${takt.parts}`, spacedTime(takt.worstMs)]),
          ].map(figure),
        ),
      },
    ],
  };
}
