// The time that is written into files which else hold none, so that they can be made again to the byte.
import type { Io } from '../core/io.ts';
import { KitError } from '../core/kit-error.ts';

/**
 * The time of SOURCE_DATE_EPOCH, or undefined where it is not set.
 *
 * @throws {@link KitError} `FLAG_INVALID` when it is no number of seconds.
 */
export function sourceDate(env: Io['env']): Date | undefined {
  const text = env['SOURCE_DATE_EPOCH'];
  if (!text) return undefined;
  if (/^\d{1,12}$/.test(text)) return new Date(Number(text) * 1000);
  throw new KitError('FLAG_INVALID', `SOURCE_DATE_EPOCH is ${JSON.stringify(text)}, not a number of seconds`, {
    hint: 'unset it, or set seconds since 1970',
  });
}
