// Lets things take turns: what is drawn at random may stay away for all of a run, what takes turns comes.
import type { Random } from '../random.ts';

/** Deals one thing at each call: all of them, in any order, before one of them comes again. */
export function turns<T>(things: readonly T[], random: Random): () => T {
  let left: T[] = [];
  return () => {
    if (left.length === 0) left = [...things];
    return left.splice(random.below(left.length), 1)[0] as T;
  };
}
