// What a plugin declares of calls at the same time.
import type { NativeManifest } from '../manifest/native-manifest.ts';
import { type Finding, type Skip, skip } from './finding.ts';

/**
 * What a check of calls at the same time answers for a plugin that does not allow them: hosts make one call at a time then.
 * Undefined where `interface.thread_safe` is true.
 */
export function declaresThreads(manifest: NativeManifest | undefined): readonly Finding[] | Skip | undefined {
  if (manifest === undefined)
    return skip('no-manifest', 'no manifest declares interface.thread_safe, so that hosts make one call at a time');
  if (manifest.interface.thread_safe) return undefined;
  const message = 'interface.thread_safe is not declared: hosts make one call at a time, and no calls were made at once';
  return [{ message, severity: 'info' }];
}
