// What a long run shows: whether memory, threads or descriptors grow.
import type { ProcessReading } from './bench-order.ts';
import { judgeTrend, type Trend } from './trend.ts';

/** One figure over time. */
export interface SoakFigure extends Trend {
  readonly first: number;
  readonly last: number;
  readonly most: number;
}

/** A long run. */
export interface SoakResult {
  readonly minutes: number;
  readonly inspections: number;
  /** Resident memory of the process in MiB, its own garbage collected before each reading. */
  readonly memory: SoakFigure;
  /** Bytes that each inspection leaves behind, while memory grows; else 0. */
  readonly bytesPerInspection: number;
  /** Null where the system does not tell. */
  readonly threads: SoakFigure | null;
  readonly descriptors: SoakFigure | null;
  /** For the picture: MiB, threads and descriptors at milliseconds. */
  readonly readings: readonly {
    readonly atMs: number;
    readonly memoryMb: number;
    readonly threads: number | null;
    readonly descriptors: number | null;
  }[];
  /** Nothing grows. */
  readonly ok: boolean;
}

/** Growth in all that is called growth: MiB, threads, descriptors. */
const least = { memory: 1, threads: 2, descriptors: 3 };

/** Judges the readings of a soak. */
export function judgeSoak(readings: readonly ProcessReading[]): SoakResult {
  const times = readings.map(({ atMs }) => atMs);
  const figure = (values: readonly (number | null)[], enough: number): SoakFigure | null => {
    const known = values.filter((value) => value !== null);
    if (known.length < readings.length || known.length === 0) return null;
    return { ...judgeTrend(times, known, enough), first: known[0] ?? 0, last: known.at(-1) ?? 0, most: Math.max(...known) };
  };
  const mebibytes = readings.map(({ bytes }) => bytes / 2 ** 20);
  const memory = figure(mebibytes, least.memory) ?? {
    perHour: 0,
    interval: [null, null],
    growth: 0,
    verdict: 'too short',
    first: 0,
    last: 0,
    most: 0,
  };
  const threads = figure(
    readings.map((one) => one.threads),
    least.threads,
  );
  const descriptors = figure(
    readings.map((one) => one.descriptors),
    least.descriptors,
  );
  const { atMs = 0, inspections = 0 } = readings.at(-1) ?? {};
  const perHour = atMs === 0 ? 0 : (inspections * 3.6e6) / atMs;
  return {
    minutes: atMs / 60_000,
    inspections,
    memory,
    bytesPerInspection: memory.verdict === 'grows' ? Math.round((memory.perHour * 2 ** 20) / perHour) : 0,
    threads,
    descriptors,
    readings: readings.map((one, at) => ({
      atMs: one.atMs,
      memoryMb: mebibytes[at] ?? 0,
      threads: one.threads,
      descriptors: one.descriptors,
    })),
    ok: [memory, threads, descriptors].every((one) => one?.verdict !== 'grows'),
  };
}
