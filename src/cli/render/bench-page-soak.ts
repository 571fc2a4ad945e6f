// The part of a benchmark's page that shows a long run: whether anything grows.
import type { BenchReport } from '../../bench/bench-report.ts';
import type { Cell, PagePart, ReportTable } from '../../report/bench/bench-page.ts';
import type { Chart } from '../../report/bench/chart.ts';
import { figure } from './bench-page-tables.ts';

type Soak = NonNullable<BenchReport['soak']>;

const words = {
  grows: { tone: 'fail', text: 'grows' },
  steady: { tone: 'pass', text: 'steady' },
  'too short': { tone: 'none', text: 'too short to tell' },
} as const;

/** A long run. */
export function soakPart({ soak }: BenchReport): PagePart | undefined {
  if (soak === undefined) return undefined;
  const { minutes, inspections, memory, bytesPerInspection } = soak;
  return {
    id: 'soak',
    title: 'Soak',
    tiles: [
      { label: 'Ran for', value: `${minutes.toFixed(1)} min`, note: `${inspections} inspections` },
      { label: 'Memory', value: `${memory.perHour.toPrecision(2)} MiB/h`, note: words[memory.verdict].text },
      { label: 'Left behind', value: `${bytesPerInspection} bytes`, note: 'by each inspection' },
    ],
    charts: [soakCharts(soak)],
    tables: [growthTable(soak)],
  };
}

function soakCharts({ readings }: Soak): Chart[] {
  const axes = { kind: 'line', xLabel: 'time in min', x: readings.map(({ atMs }) => atMs / 60_000) } as const;
  const counts = [
    { label: 'threads', values: readings.map((one) => one.threads) },
    { label: 'descriptors', values: readings.map((one) => one.descriptors) },
  ].filter(({ values }) => values.every((value) => value !== null));
  const memory: Chart = {
    ...axes,
    id: 'soak-memory',
    title: 'Memory over time',
    caption: 'Resident memory of the process. The first quarter is not judged: caches fill. A leak rises all the way.',
    yLabel: 'memory in MiB',
    series: [{ label: 'memory in MiB', values: readings.map(({ memoryMb }) => memoryMb) }],
  };
  if (counts.length === 0) return [memory];
  return [
    memory,
    {
      ...axes,
      id: 'soak-counts',
      title: 'Threads and descriptors',
      caption: 'Counts that should not grow.',
      yLabel: 'count',
      series: counts,
    },
  ];
}

function growthTable({ memory, threads, descriptors }: Soak): ReportTable {
  const row = (name: string, of: typeof threads): Cell[] => {
    if (of === null) return [name, '', '', '', '', { tone: 'none', text: 'not told by this system' }];
    const ends = of.interval.map((end) => end?.toPrecision(3) ?? 'n/a').join(' to ');
    return [
      name,
      figure(of.first.toFixed(1)),
      figure(of.last.toFixed(1)),
      figure(of.perHour.toPrecision(3)),
      figure(ends),
      words[of.verdict],
    ];
  };
  return {
    title: 'Growth',
    note: 'The slope of the settled part; its interval holds the true slope 99 times of 100.',
    columns: [{ title: '' }, ...['First', 'Last', 'An hour', 'Interval'].map((title) => ({ title, figures: true })), { title: 'Result' }],
    rows: [row('memory in MiB', memory), row('threads', threads), row('descriptors', descriptors)],
  };
}
