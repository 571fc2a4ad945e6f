// Several processes at the same time, each a camera with a plugin of its own: how the machine scales.
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Phase } from './bench-order.ts';
import { type LatencyStats, summarizeLatencies } from './percentiles.ts';
import { type Timing, type TimingOptions, type TimingOrder, withTiming } from './run-timing.ts';
import { judgeTakt } from './takt.ts';

/** So many cameras at the same time. */
export interface CameraRow {
  readonly cameras: number;
  /** Inspections a second of all together. */
  readonly totalFps: number;
  /** Of all together, as a share of what one camera alone makes, times their number: 1 is perfect. */
  readonly efficiency: number;
  /** Wall times of all cameras. */
  readonly latency: LatencyStats;
  /** With a takt: parts of all cameras, and those that were late. */
  readonly takt?: { readonly parts: number; readonly missed: number; readonly worstMs: number };
}

const shortestMs = 1500;
const longestMs = 10_000;
const inspectionsEach = 100;
const pollMs = 5;

/** 1, 2, 4, … and `most` itself. */
export function cameraCounts(most: number): number[] {
  const counts: number[] = [];
  for (let count = 1; count < most; count *= 2) counts.push(count);
  return [...counts, most];
}

/** The phase of every camera, when one inspection takes `each` milliseconds. */
export function cameraPhase(each: number, warmup: number, taktMs: number | undefined): Phase {
  const forMs = Math.min(longestMs, Math.max(shortestMs, inspectionsEach * Math.max(each, taktMs ?? 0)));
  return { name: 'camera', frames: [0], iterations: 1, forMs, warmup, ...(taktMs === undefined ? {} : { taktMs }) };
}

/**
 * Times `count` processes that start together.
 *
 * @throws {@link KitError} what any of them does that fails, crashes or hangs; the others are ended then.
 */
export async function timeCameras(order: TimingOrder, count: number, options: TimingOptions): Promise<Timing[]> {
  const root = await mkdtemp(join(tmpdir(), 'mvas-cameras-'));
  try {
    const folders = Array.from({ length: count }, (_, camera) => join(root, String(camera)));
    for (const folder of folders) await mkdir(folder);
    return await withTiming({ slots: count, signal: options.signal }, async (run) => {
      const all = Promise.all(folders.map((folder) => run({ ...order, gate: true }, { ...options, folder })));
      const opening = new AbortController();
      // a camera that fails ends the wait of the others, too
      await Promise.race([openGates(folders, opening.signal), all]).finally(() => opening.abort());
      return await all;
    });
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function openGates(folders: readonly string[], closed: AbortSignal): Promise<void> {
  for (const folder of folders) {
    while (!closed.aborted && (await stat(join(folder, 'ready')).catch(() => undefined)) === undefined) await delay(pollMs);
  }
  if (!closed.aborted) await Promise.all(folders.map((folder) => writeFile(join(folder, 'go'), '')));
}

/** One row of the table; `alone` is the total of one camera. */
export function cameraRow(timings: readonly Timing[], alone: number | undefined, taktMs: number | undefined): CameraRow {
  const phases = timings.flatMap(({ phases: [phase] }) => (phase === undefined ? [] : [phase]));
  const totalFps = phases.reduce((sum, { inspections, lasted }) => sum + (1000 * inspections) / lasted, 0);
  const takts = taktMs === undefined ? [] : phases.map(({ taken }) => judgeTakt(taken, taktMs));
  const missed = takts.reduce((sum, one) => sum + one.missed, 0);
  const parts = takts.reduce((sum, one) => sum + one.parts, 0);
  return {
    cameras: timings.length,
    totalFps,
    efficiency: totalFps / (timings.length * (alone ?? totalFps)),
    latency: summarizeLatencies(phases.flatMap(({ taken }) => taken.map(({ wall }) => wall))),
    ...(taktMs === undefined ? {} : { takt: { parts, missed, worstMs: Math.max(...takts.map(({ worstMs }) => worstMs)) } }),
  };
}
