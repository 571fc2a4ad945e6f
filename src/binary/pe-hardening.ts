// Reads how a PE file was hardened, and the number of its build.
import type { Hardening } from './binary.ts';
import { directory, type PeImage } from './pe-image.ts';

const characteristic = { anyAddress: 0x0040, noExecute: 0x0100, controlFlowGuard: 0x4000 } as const;
const fixedAddress = 0x0001;
const codeView = 2;

/** From the optional header, the sections and the load configuration. */
export function peHardening(image: PeImage, imports: readonly string[]): Hardening {
  const has = (bit: number) => (image.characteristics & bit) !== 0;
  return {
    noExecute: has(characteristic.noExecute),
    writableCode: image.sections.filter(({ isWritableCode }) => isWritableCode).map(({ name }) => `the section ${name}`),
    stackProtector: hasCookie(image) || imports.includes('__stack_chk_fail'),
    anyAddress: has(characteristic.anyAddress) && (image.flags & fixedAddress) === 0,
    controlFlowGuard: has(characteristic.controlFlowGuard),
  };
}

function hasCookie(image: PeImage): boolean {
  const { address, size } = image.directory(directory.loadConfig);
  const [at, width] = image.bits === 64 ? [88, 8] : [60, 4];
  if (address === 0 || size < at + width) return false;
  const config = image.reader.bytes(image.offsetOf(address, 'load configuration'), at + width, 'load configuration');
  return config.subarray(at).some((byte) => byte !== 0);
}

/** The GUID and age that a debugger matches with its PDB. */
export function peBuildId(image: PeImage): string | undefined {
  const { address, size } = image.directory(directory.debug);
  if (address === 0) return undefined;
  const table = image.reader.bytes(image.offsetOf(address, 'debug directory'), size, 'debug directory');
  for (let at = 0; at + 28 <= table.length; at += 28) {
    if (table.readUInt32LE(at + 12) !== codeView || table.readUInt32LE(at + 16) < 24) continue;
    const record = image.reader.bytes(table.readUInt32LE(at + 24), 24, 'debug record');
    if (record.toString('latin1', 0, 4) === 'RSDS') return record.toString('hex', 4, 24);
  }
  return undefined;
}
