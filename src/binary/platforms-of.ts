// Which platform keys a binary's system, width and processors stand for.
import { type PlatformKey, platformKeys, platforms } from '../core/platform.ts';
import type { Binary, Machine } from './binary.ts';

/** Keys of the standard that can load it; empty for anything foreign. */
export function platformsOf(os: Binary['os'], bits: 32 | 64, machines: readonly Machine[]): PlatformKey[] {
  if (bits !== 64) return [];
  return platformKeys.filter((key) => platforms[key].os === os && machines.some((machine) => machine === platforms[key].cpu));
}
