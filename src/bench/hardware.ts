// The hardware of this machine in the words of a manifest's hardware_tested, and whether two such descriptions mean the same.
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { cpus, platform } from 'node:os';
import { promisify } from 'node:util';

/** As `performance.hardware_tested` has it. */
export interface Hardware {
  readonly gpu?: string;
  readonly cpu?: string;
}

const driver = '/proc/driver/nvidia/gpus';
const patienceMs = 5000;

/** Describes this machine; without a GPU that computes, `gpu` is left out. */
export async function findHardware(): Promise<Hardware> {
  const [gpu] = platform() === 'linux' ? await driverGpus() : await listedGpus();
  return { ...(gpu === undefined ? {} : { gpu }), cpu: cpus()[0]?.model.trim() ?? 'unknown' };
}

async function driverGpus(): Promise<string[]> {
  const slots = await readdir(driver).catch((): string[] => []);
  const texts = await Promise.all(slots.sort().map((slot) => readFile(`${driver}/${slot}/information`, 'utf8').catch(() => '')));
  return texts.flatMap((text) => /^Model:\s+(.+)$/m.exec(text)?.[1]?.trim() ?? []);
}

async function listedGpus(): Promise<string[]> {
  try {
    const query = ['--query-gpu=name', '--format=csv,noheader'];
    const { stdout } = await promisify(execFile)('nvidia-smi', query, { timeout: patienceMs, windowsHide: true });
    return stdout.split(/\r?\n/).filter((line) => line !== '');
  } catch {
    return []; // no driver, no such program
  }
}

/** Whether a description of tested hardware is of this machine: the same words but for decoration, an "RTX 4090 Laptop" is no "RTX 4090". */
export function isSameHardware(tested: Hardware, here: Hardware): boolean {
  const parts = (['cpu', 'gpu'] as const).filter((part) => tested[part] !== undefined && tested[part] !== '');
  if (parts.length === 0) return false;
  return parts.every((part) => {
    const [wanted, found] = [wordsOf(tested[part] ?? ''), wordsOf(here[part] ?? '')];
    return wanted.size > 0 && wanted.size === found.size && [...wanted].every((word) => found.has(word));
  });
}

/** What a maker's name is decorated with tells no machine from another. */
const decoration = /^(r|tm|cpu|gpu|processor|nvidia|geforce|intel|amd|with|graphics|core|\d+-core|\d+th|gen|ghz)$/;

function wordsOf(text: string): Set<string> {
  const plain = text
    .toLowerCase()
    .replace(/@.*$/, '')
    .replaceAll(/\((r|tm)\)/g, ' ');
  return new Set(plain.split(/[\s,/]+/).filter((word) => word !== '' && !decoration.test(word)));
}
