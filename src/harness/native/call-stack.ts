// Tells whether memory is on the stack that the FFI gives to calls.
import { arch } from 'node:os';
import { call, proto } from 'koffi';
import type { Pointer } from '../raw-plugin.ts';
import { executablePages } from './guard-pages.ts';

// returns its own stack pointer: mov rax, rsp; ret and mov x0, sp; ret
const code: Partial<Record<string, string>> = { x64: '4889e0c3', arm64: 'e0030091c0035fd6' };
const stackBytes = 8n << 20n;

let stackPointer: (() => Pointer) | undefined;

/** Whether a call that was made before this one had the address on its stack; false where that cannot be told. */
export function isOnStack(address: Pointer): boolean {
  const bytes = code[arch()];
  if (bytes === undefined) return false;
  stackPointer ??= bind(Buffer.from(bytes, 'hex'));
  const top = stackPointer();
  return address < top && address > top - stackBytes;
}

function bind(machineCode: Uint8Array): () => Pointer {
  const address = executablePages(machineCode);
  const type = proto('void *mvas_stack_pointer()');
  return () => call(address, type) as Pointer;
}
