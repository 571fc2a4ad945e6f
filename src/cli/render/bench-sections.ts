// What `mvas bench` prints of pauses, takt, soak, pictures, sizes, repeated frames and cameras.
import pc from 'picocolors';
import type { BenchReport } from '../../bench/bench-report.ts';
import { figureColumns, percent, percentile, rate, time } from './bench-figures.ts';
import { tableLines } from './table.ts';

/** Lines that stand among the figures. */
export function sectionLines({ idle, takt, soak, caching, latency }: BenchReport): string[] {
  return [
    ...(idle
      ? [
          `Idle: ${time(idle.latency.median)} after ${idle.seconds} s of pause (${times(idle.latency.median / latency.median)} the steady median)`,
        ]
      : []),
    ...(takt ? taktLines(takt) : []),
    ...(soak ? soakLines(soak) : []),
    ...(caching ? [cachingLine(caching)] : []),
  ];
}

function taktLines({
  taktMs,
  parts,
  missed,
  missedShare,
  worstMs,
  longestStall,
  jitterMs,
  latency,
  closed,
}: NonNullable<BenchReport['takt']>): string[] {
  const share =
    missed === 0
      ? `at most ${percent(missedShare[1])} of all, 95 %`
      : `${percent(missedShare[0])} to ${percent(missedShare[1])} of all, 95 %`;
  return [
    `Takt ${time(taktMs)}: ${missed} of ${parts} parts late (${share}), worst ${time(worstMs)} after it was due`,
    `  from due to result: median ${time(latency.median)}, P99 ${percentile(latency, 'p99')}; the calls alone: ${time(closed.median)}, P99 ${percentile(closed, 'p99')}`,
    `  longest stall ${longestStall.parts === 0 ? 'none' : `${time(longestStall.ms)} (${longestStall.parts} part(s))`}, jitter ${time(jitterMs.median)}, at most ${time(jitterMs.max)}`,
  ];
}

function soakLines({ minutes, inspections, memory, threads, descriptors, bytesPerInspection }: NonNullable<BenchReport['soak']>): string[] {
  const line = (what: string, figure: typeof threads, unit: string): string[] => {
    if (figure === null) return [`  ${what}: not told by this system`];
    const [low, high] = figure.interval;
    const slope =
      figure.verdict === 'too short'
        ? ''
        : `, ${figure.perHour.toPrecision(2)} ${unit}an hour (99 %: ${low?.toPrecision(2)} to ${high?.toPrecision(2)})`;
    const grown =
      figure.verdict === 'grows' && bytesPerInspection > 0 && what === 'memory' ? `, ${bytesPerInspection} bytes an inspection` : '';
    return [
      `  ${what}: ${figure.first.toFixed(unit === 'MiB ' ? 1 : 0)} → ${figure.last.toFixed(unit === 'MiB ' ? 1 : 0)}, ${verdictWords[figure.verdict]}${slope}${grown}`,
    ];
  };
  return [
    `Soak: ${inspections} inspections in ${minutes.toFixed(1)} min`,
    ...line('memory', memory, 'MiB '),
    ...line('threads', threads, ''),
    ...line('descriptors', descriptors, ''),
  ];
}

const verdictWords = { grows: 'GROWS', steady: 'steady', 'too short': 'too short a run to tell' } as const;

function cachingLine({ identicalMs, distinctMs, ratio, interval, remembers }: NonNullable<BenchReport['caching']>): string {
  const known = `${times(ratio)}, 95 %: ${interval.map((end) => end.toFixed(2)).join(' to ')}`;
  const word = remembers ? 'the plugin remembers frames: time it on different ones' : 'repeating a frame changes nothing that counts';
  return `Repeated frames: ${time(identicalMs)}, ever new ones ${time(distinctMs)} (${known}): ${word}`;
}

function times(ratio: number): string {
  return `${ratio.toFixed(2)} times`;
}

/** Tables of pictures, sizes and cameras. */
export function imageLines({ images, sweep, cameras }: BenchReport, colour: boolean): string[] {
  const paint = pc.createColors(colour);
  return [
    ...(images
      ? [
          '',
          ...tableLines(
            imageColumns,
            images.map((row) => imageCells(row, paint)),
          ),
        ]
      : []),
    ...(sweep ? ['', ...tableLines(sweepColumns, sweep.map(sweepCells))] : []),
    ...(cameras ? ['', ...tableLines(cameraColumns(cameras), cameras.map(cameraCells))] : []),
  ];
}

const imageColumns = [...figureColumns('IMAGE', ['SIZE', 'MEDIAN', 'MIN', 'MAX', 'P95']), { title: 'DECISION' }, { title: 'RESULT' }];

function imageCells(
  { image, width, height, latency, decisions, reference }: NonNullable<BenchReport['images']>[number],
  paint: ReturnType<typeof pc.createColors>,
): string[] {
  const word = { equal: paint.green('as golden'), differs: paint.red('differs'), stale: paint.yellow('stale'), none: 'no reference' }[
    reference
  ];
  const { median, min, max } = latency;
  return [
    image,
    `${width}×${height}`,
    time(median),
    time(min),
    time(max),
    percentile(latency, 'p95'),
    Object.keys(decisions).join('/'),
    word,
  ];
}

const sweepColumns = [...figureColumns('SWEEP', ['FRAME', 'STRIDE', 'MEDIAN', 'MIN', 'MAX', 'MP/S']), { title: '' }];

function sweepCells({
  kind,
  width,
  height,
  format,
  strideBytes,
  latency,
  megapixelsPerSecond,
  refused,
}: NonNullable<BenchReport['sweep']>[number]): string[] {
  const frame = [kind, `${width}×${height} ${format}`, String(strideBytes)];
  if (latency === null) return [...frame, '', '', '', '', `refused: ${refused}`];
  return [...frame, time(latency.median), time(latency.min), time(latency.max), megapixelsPerSecond?.toFixed(1) ?? ''];
}

function cameraColumns(rows: NonNullable<BenchReport['cameras']>) {
  const late = rows[0]?.takt === undefined ? [] : ['LATE', 'WORST'];
  return figureColumns('CAMERAS', ['FPS IN ALL', 'FPS EACH', 'SCALING', 'MEDIAN', 'P95', 'P99', ...late]);
}

function cameraCells({ cameras, totalFps, efficiency, latency, takt }: NonNullable<BenchReport['cameras']>[number]): string[] {
  const late = takt === undefined ? [] : [`${takt.missed} of ${takt.parts}`, time(takt.worstMs)];
  const rates = [rate(totalFps), rate(totalFps / cameras), `${Math.round(efficiency * 100)} %`];
  return [String(cameras), ...rates, time(latency.median), percentile(latency, 'p95'), percentile(latency, 'p99'), ...late];
}
