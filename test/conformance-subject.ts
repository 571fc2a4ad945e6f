// A library of the tests as a subject of the suite.
import { dirname, join } from 'node:path';
import type { Subject } from '../src/conformance/subject.ts';
import { hostPlatform } from '../src/core/platform.ts';
import type { NativeManifest } from '../src/manifest/native-manifest.ts';

/** Model of the broken twins. */
export const twinModel = join(import.meta.dirname, 'plugins/broken/twin.model');

/** Model of the plain good plugins. */
export const goodModel = join(import.meta.dirname, 'plugins/good/brightness.model');

/** A library without project; a manifest of its own is in `manifest`. */
export function subjectOf(library: string, model: string | null, manifest?: NativeManifest): Subject {
  return {
    library,
    model,
    config: { json: '{}' },
    platform: hostPlatform(),
    declared: [],
    ...(manifest === undefined ? {} : { manifest }),
    root: dirname(library),
    arguments: ['plugin.so'],
  };
}
