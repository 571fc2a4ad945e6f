// Tells a change of decoding from a change of the plugin.
import type { Picture } from '../image/picture.ts';
import { pixelsSha256 } from '../image/to-frame.ts';
import type { ExpectedCase } from './expected-results.ts';

/** Why a picture cannot be compared: its file decodes to other pixels than when the reference was recorded. */
export function decodingProblem({ pixels_sha256: recorded }: ExpectedCase, picture: Picture): string | undefined {
  if (recorded === undefined || recorded === pixelsSha256(picture)) return undefined;
  return 'input decoding changed: the file decodes to other pixels than when the reference was recorded; the plugin was not asked';
}
