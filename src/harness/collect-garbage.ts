// Node's own garbage, collected where it would disturb what is measured or limited.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collect = (options?: { readonly type: 'minor' }) => void;

let collect: Collect | undefined;

/** Collects all garbage (some milliseconds), or only the young memory, which is empty then (a tenth of one). */
export function collectGarbage(which: 'all' | 'young'): void {
  collect ??= exposed();
  collect(which === 'young' ? { type: 'minor' } : undefined);
}

/** V8 hands the function to contexts that are made while the flag is set. */
function exposed(): Collect {
  setFlagsFromString('--expose-gc');
  const found = runInNewContext('gc') as Collect;
  setFlagsFromString('--no-expose-gc');
  return found;
}
