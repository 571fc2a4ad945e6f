// The command line that makes one check again with the same data.
import type { ProfileName } from './profiles.ts';

/** What decides the data. */
interface Repetition {
  readonly profile: ProfileName;
  readonly id: string;
  readonly seed: number;
  /** The piece of a long check. */
  readonly chunk?: number | undefined;
}

/** `mvas conform … --profile p --only id --seed n`, quoted for a POSIX shell where a word needs it. */
export function repeatLine(subject: readonly string[], { profile, id, seed, chunk }: Repetition): string {
  const piece = chunk === undefined ? [] : ['--chunk', `${chunk}`];
  const words = ['mvas', 'conform', ...subject, '--profile', profile, '--only', id, '--seed', `${seed}`, ...piece];
  return words.map((word) => (/^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');
}
