// Looks at the results of varied images, each while it is alive.
import type { AbiSymbol } from '../harness/abi.ts';
import type { Look } from './check.ts';
import type { CheckContext } from './check-context.ts';
import type { Finding } from './finding.ts';
import { nominalPictures, otherPictures, type Picture } from './images/varied.ts';
import { within } from './within.ts';

type Context = CheckContext<Extract<AbiSymbol, 'mvas_init' | 'mvas_infer' | 'mvas_get_error' | 'mvas_free_result'>>;

const mostFindings = 3;
/** Those come first that are in the plugin's own size and show most. */
const mostTelling = 4;
/** Two of another size among them. */
const leastPictures = 7;

/** Starts the plugin and looks at results until three are wrong. Images that are refused have none. */
export function eachResult(context: Context, looks: readonly Look[]): Finding[] {
  const { plugin, process } = context;
  plugin.start();
  plugin.inspect(context.image());
  const findings: Finding[] = [];
  for (const picture of within(process, pictures(context), leastPictures)) {
    for (const seen of lookOnce(context, picture, looks))
      findings.push({ message: `${seen} (image: ${picture.name})`, data: { image: picture.name } });
    if (findings.length >= mostFindings) break;
  }
  return findings;
}

/** After the most telling ones in turn of either kind, so that a slow plugin sees some of both. */
function* pictures(context: Context): Generator<Picture> {
  const kinds: Iterator<Picture>[] = [nominalPictures(context), otherPictures(context)];
  for (let made = 0; kinds.length > 0; made++) {
    const kind = kinds[made < mostTelling ? 0 : (made + 1) % kinds.length] as Iterator<Picture>;
    const { done, value } = kind.next();
    if (done) kinds.splice(kinds.indexOf(kind), 1);
    else yield value;
  }
}

function lookOnce({ plugin, result, exports }: Context, picture: Picture, looks: readonly Look[]): string[] {
  const struct = result(0);
  const code = plugin.inferInto(picture.image, struct);
  if (code !== 0) return []; // other checks ask why
  const seen = looks.flatMap((look) => look(struct, picture) ?? []);
  if (exports('mvas_free_result')) plugin.freeResult(struct);
  return seen;
}
