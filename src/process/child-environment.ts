// The environment of the kit's own Node processes, none of which opens a connection.
// biome-ignore lint/style/noRestrictedImports: what a child inherits where nobody gave it another
import { env as own } from 'node:process';

/** Makes every Node read all certificates at its start, which takes twice as long as the rest of it. */
const costly = 'NODE_EXTRA_CA_CERTS';

/** The environment, or this process's own, without what would only slow a child down. */
export function childEnvironment(env: Readonly<Record<string, string | undefined>> = own): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => name.toUpperCase() !== costly));
}
