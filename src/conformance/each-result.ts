// Looks at the results of varied images, each while it is alive.
import type { AbiSymbol } from '../harness/abi.ts';
import type { CheckContext, NativeResult } from './check-context.ts';
import type { Finding } from './finding.ts';
import { nominalPictures, otherPictures, type Picture } from './images/varied.ts';
import { within } from './within.ts';

type Context = CheckContext<Extract<AbiSymbol, 'mvas_init' | 'mvas_infer' | 'mvas_get_error' | 'mvas_free_result'>>;

/** What a check says to one result. */
export type Look = (result: NativeResult, picture: Picture) => string | undefined;

const mostFindings = 3;
const leastPictures = 4;

/**
 * Starts the plugin and looks at results until three are wrong. Images that are
 * refused have none.
 */
export function eachResult(context: Context, look: Look): Finding[] {
  const { plugin, process } = context;
  plugin.start();
  plugin.inspect(context.image());
  const findings: Finding[] = [];
  for (const picture of within(process, pictures(context), leastPictures)) {
    const seen = lookOnce(context, picture, look);
    if (seen !== undefined) findings.push({ message: `${seen} (image: ${picture.name})`, data: { image: picture.name } });
    if (findings.length === mostFindings) break;
  }
  return findings;
}

/** After the most telling ones in turn of either kind, so that a slow plugin sees some of both. */
function* pictures(context: Context): Generator<Picture> {
  const kinds: Iterator<Picture>[] = [nominalPictures(context), otherPictures(context)];
  for (let made = 0; kinds.length > 0; made++) {
    const kind = kinds[made < leastPictures ? 0 : made % kinds.length] as Iterator<Picture>;
    const { done, value } = kind.next();
    if (done) kinds.splice(kinds.indexOf(kind), 1);
    else yield value;
  }
}

function lookOnce({ plugin, result, exports }: Context, picture: Picture, look: Look): string | undefined {
  const struct = result(0);
  const code = plugin.inferInto(picture.image, struct);
  if (code !== 0) return undefined; // other checks ask why
  const seen = look(struct, picture);
  if (exports('mvas_free_result')) plugin.freeResult(struct);
  return seen;
}
