// The first look at a plugin, before any check: what size it works on, whether it starts, how long an inspection takes.
import { performance } from 'node:perf_hooks';
import type { ProcessProbes } from '../harness/process-probes.ts';
import type { PluginSession } from './plugin-session.ts';
import { seededRandom } from './random.ts';
import { drawImage, type FrameKind, formatChannels } from './test-image.ts';

/** What the probe found. */
export interface ProbeFacts {
  readonly frame: FrameKind;
  /** What mvas_init returned, and what mvas_get_error said. */
  readonly initCode: number;
  readonly initError: string;
  /** Longest of three inspections; 0 when none succeeded. */
  readonly inferMs: number;
  /** Whether libraries came into the process with it, at once or when it was started and used; false where the platform has no list. */
  readonly bringsLibraries: boolean;
}

/** What nominal images are like where a plugin does not say it rightly. */
export const standInFrame: FrameKind = { width: 64, height: 48, format: 'RGB' };
const mostPixels = 1 << 26;

/** Asks, starts, inspects; whatever goes wrong here is found and judged by a check. */
export function probePlugin(session: PluginSession, process: ProcessProbes): ProbeFacts {
  const before = process.libraries();
  const info = session.getInfo();
  const { inputWidth: width, inputHeight: height, inputFormat } = info ?? { inputWidth: 0, inputHeight: 0, inputFormat: null };
  const isUsable = width > 0 && height > 0 && width * height <= mostPixels;
  const format = inputFormat !== null && inputFormat in formatChannels ? inputFormat : standInFrame.format;
  const frame = isUsable ? { width, height, format } : { ...standInFrame, format };
  const initCode = session.init();
  if (initCode !== 0) return { frame, initCode, initError: session.getError() ?? '', inferMs: 0, bringsLibraries: false };
  const image = drawImage(frame, seededRandom(1));
  const times = [0, 1, 2].map(() => {
    const start = performance.now();
    return session.infer(image).code === 0 ? performance.now() - start : 0;
  });
  session.cleanup();
  const brought = [...process.libraries()].filter((path) => !before.has(path));
  const bringsLibraries = brought.length > 1; // the plugin is one itself
  return { frame, initCode, initError: '', inferMs: Math.max(...times), bringsLibraries };
}
