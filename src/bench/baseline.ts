// The speed that a manifest promises, as limits: only on the hardware that it names.
import type { NativeManifest } from '../manifest/native-manifest.ts';
import { type Hardware, isSameHardware } from './hardware.ts';

/** Limits of a promise, and why they are not judged where they are not. */
export interface BaselineLimits {
  readonly median_ms?: number;
  readonly throughput_fps?: number;
  readonly load_ms?: number;
  /** Why nothing is judged; absent where it is. */
  readonly skipped?: string;
}

/** What a run may be off its promise. */
const slack = 0.2;

/** The limits: 20 % above the promised times, 20 % below the promised throughput; undefined without a promise. */
export function baselineLimits(
  { baseline, hardware_tested: tested }: NativeManifest['performance'],
  here: Hardware,
  force: boolean,
): BaselineLimits | undefined {
  if (baseline === undefined || Object.keys(baseline).length === 0) return undefined;
  const { inference_time_ms: inference, throughput_fps: throughput, load_time_ms: load } = baseline;
  const skipped = force ? undefined : reasonToSkip(tested, here);
  return {
    ...(inference === undefined ? {} : { median_ms: rounded(inference * (1 + slack)) }),
    ...(throughput === undefined ? {} : { throughput_fps: rounded(throughput * (1 - slack)) }),
    ...(load === undefined ? {} : { load_ms: rounded(load * (1 + slack)) }),
    ...(skipped === undefined ? {} : { skipped }),
  };
}

function reasonToSkip(tested: Hardware | undefined, here: Hardware): string | undefined {
  if (tested === undefined) return 'performance.hardware_tested does not say which machine the promise is for';
  if (isSameHardware(tested, here)) return undefined;
  return `the promise is for ${JSON.stringify(tested)}, and this machine is ${JSON.stringify(here)}`;
}

function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
