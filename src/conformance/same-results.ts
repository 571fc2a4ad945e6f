// Holds results of calls that must not differ against each other.
import type { PluginFor } from './check-context.ts';
import type { Finding } from './finding.ts';
import { differences, type ResultCopy } from './plugin-copies.ts';
import { NotReached } from './plugin-session.ts';
import { describeImage, type TestImage } from './test-image.ts';

/** The result of an image that must be the same when asked again; a plugin that answers at random cannot be compared. */
export function steadyResult(plugin: PluginFor<'mvas_infer'>, image: TestImage): ResultCopy {
  const first = plugin.inspect(image);
  const [difference] = differences(first, plugin.inspect(image));
  if (difference !== undefined) throw new NotReached(`two identical calls differ: ${difference}`);
  return first;
}

/** What is wrong when the same pixels, lying differently in memory, are refused or judged differently. */
export function sameFor(plugin: PluginFor<'mvas_infer'>, expected: ResultCopy, image: TestImage, words?: string): Finding[] {
  const seen = describeImage(image) + (words === undefined ? '' : ` with ${words}`);
  const { code, result } = plugin.infer(image);
  if (result === undefined) return [{ message: `${seen} is refused with ${code}` }];
  const different = differences(expected, result);
  return different.length === 0 ? [] : [{ message: `${seen}: ${different.join('; ')}` }];
}
