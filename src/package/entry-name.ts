// Which names an archive may hold: safe on every system, unique without regard to case.
import { limits } from './zip-format.ts';

const windowsDevice = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(\..*)?$/i;

/** The rule that a file name in an archive breaks, as a clause, or undefined. */
export function entryNameProblem(name: string): string | undefined {
  if (name.length === 0) return 'is empty';
  if (Buffer.byteLength(name) > limits.nameBytes) return `has more than ${limits.nameBytes} bytes`;
  if (/[\p{Cc}\p{Cf}\uFFFD]/u.test(name)) return 'has control characters or is no UTF-8';
  const bad = /[\\:*?"<>|]/.exec(name);
  if (bad !== null) return `has the character ${bad[0]}`;
  if (name.startsWith('/')) return 'is absolute';
  for (const segment of name.split('/')) {
    if (segment === '') return 'has an empty segment';
    if (segment === '.' || segment === '..') return `has the segment ${segment}`;
    if (/[. ]$/.test(segment)) return 'has a segment that ends with a dot or a space';
    if (/;\d*$/.test(segment)) return `has the segment ${segment}, from which unzip cuts the version`;
    if (windowsDevice.test(segment)) return `has the segment ${segment}, the name of a device on Windows`;
  }
  return undefined;
}

/** Like entryNameProblem, for packages that are signed or written by this kit: letters beyond ASCII differ between systems. */
export function strictNameProblem(name: string): string | undefined {
  return entryNameProblem(name) ?? (/^[\x20-\x7e]*$/.test(name) ? undefined : 'has characters other than printable ASCII');
}

/** The first clash among names: the same but for case, or a file used as a folder. */
export function nameClash(names: readonly string[]): string | undefined {
  const seen = new Map<string, string>();
  for (const name of names) {
    const key = folded(name);
    const twin = seen.get(key);
    if (twin !== undefined) return twin === name ? `holds ${name} twice` : `holds both ${twin} and ${name}, the same name on some systems`;
    seen.set(key, name);
  }
  for (const [key, name] of seen) {
    const segments = key.split('/');
    for (let count = 1; count < segments.length; count++) {
      const file = seen.get(segments.slice(0, count).join('/'));
      if (file !== undefined) return `uses the file ${file} as a folder of ${name}`;
    }
  }
  return undefined;
}

/** Two names with the same folded form are one file on some system. */
function folded(name: string): string {
  return name.normalize('NFD').toUpperCase().toLowerCase().normalize('NFC');
}
