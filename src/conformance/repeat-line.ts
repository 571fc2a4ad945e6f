// The command line that makes one check again with the same data.
import type { ProfileName } from './profiles.ts';

/** `mvas conform … --profile p --only id --seed n`, quoted for a POSIX shell where a word needs it. */
export function repeatLine(subject: readonly string[], profile: ProfileName, id: string, seed: number): string {
  const words = ['mvas', 'conform', ...subject, '--profile', profile, '--only', id, '--seed', `${seed}`];
  return words.map((word) => (/^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');
}
