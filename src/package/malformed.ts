// The error of a container that breaks the profile.
import { KitError } from '../core/kit-error.ts';

/** Refuses an archive; `rule` is a clause about it. */
export function malformed(archive: string, rule: string): KitError {
  return new KitError('CONTAINER_MALFORMED', rule, {
    thing: archive,
    hint: 'copy the package again in binary mode, or ask its maker for a new one',
  });
}
