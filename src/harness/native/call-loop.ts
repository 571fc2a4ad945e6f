// The one piece of machine code of the kit: makes prepared calls one after the other, so that a thread of the system can run plugin functions.
import { arch, platform } from 'node:os';
import type { Pointer } from '../raw-plugin.ts';
import { executablePages } from './guard-pages.ts';

/** An instruction: its bytes in hexadecimal, and its text for the assembler; labels have no bytes. */
export type Instruction = readonly [bytes: string, text: string];

/** Machine code by the calling convention of a platform. */
export type Convention = 'x64' | 'x64-windows' | 'arm64';

/**
 * In C: `void *loop(Call *call) { do { for (; call->function; call++) call->returned = call->function(call->a, call->b, call->c);
 * call = call->a; } while (call); return 0; }`, where a Call is five words of 8 bytes: function, three arguments, what was returned.
 * A function that returns a struct is given its address as the first argument.
 */
export const callLoop: Readonly<Record<Convention, readonly Instruction[]>> = {
  x64: [
    ['53', 'push rbx'], // a callee-saved register for the call at hand; it also aligns the stack to 16
    ['4889fb', 'mov rbx, rdi'],
    ['', 'next:'],
    ['488b03', 'mov rax, [rbx]'],
    ['4885c0', 'test rax, rax'],
    ['7418', 'jz jump'],
    ['488b7b08', 'mov rdi, [rbx+8]'],
    ['488b7310', 'mov rsi, [rbx+16]'],
    ['488b5318', 'mov rdx, [rbx+24]'],
    ['ffd0', 'call rax'],
    ['48894320', 'mov [rbx+32], rax'],
    ['4883c328', 'add rbx, 40'],
    ['ebe0', 'jmp next'],
    ['', 'jump:'],
    ['488b5b08', 'mov rbx, [rbx+8]'],
    ['4885db', 'test rbx, rbx'],
    ['75d7', 'jnz next'],
    ['31c0', 'xor eax, eax'],
    ['5b', 'pop rbx'],
    ['c3', 'ret'],
  ],
  'x64-windows': [
    ['53', 'push rbx'],
    ['4883ec20', 'sub rsp, 32'], // room in which a callee may keep its four register arguments
    ['4889cb', 'mov rbx, rcx'],
    ['', 'next:'],
    ['488b03', 'mov rax, [rbx]'],
    ['4885c0', 'test rax, rax'],
    ['7418', 'jz jump'],
    ['488b4b08', 'mov rcx, [rbx+8]'],
    ['488b5310', 'mov rdx, [rbx+16]'],
    ['4c8b4318', 'mov r8, [rbx+24]'],
    ['ffd0', 'call rax'],
    ['48894320', 'mov [rbx+32], rax'],
    ['4883c328', 'add rbx, 40'],
    ['ebe0', 'jmp next'],
    ['', 'jump:'],
    ['488b5b08', 'mov rbx, [rbx+8]'],
    ['4885db', 'test rbx, rbx'],
    ['75d7', 'jnz next'],
    ['31c0', 'xor eax, eax'],
    ['4883c420', 'add rsp, 32'],
    ['5b', 'pop rbx'],
    ['c3', 'ret'],
  ],
  arm64: [
    ['fd7bbea9', 'stp x29, x30, [sp, #-32]!'],
    ['fd030091', 'mov x29, sp'],
    ['f30b00f9', 'str x19, [sp, #16]'],
    ['f30300aa', 'mov x19, x0'],
    ['', 'next:'],
    ['690240f9', 'ldr x9, [x19]'],
    ['090100b4', 'cbz x9, jump'],
    ['608640a9', 'ldp x0, x1, [x19, #8]'],
    ['620e40f9', 'ldr x2, [x19, #24]'],
    ['e80300aa', 'mov x8, x0'], // where a struct is returned; elsewhere it is among the arguments
    ['20013fd6', 'blr x9'],
    ['601200f9', 'str x0, [x19, #32]'],
    ['73a20091', 'add x19, x19, #40'],
    ['f8ffff17', 'b next'],
    ['', 'jump:'],
    ['730640f9', 'ldr x19, [x19, #8]'],
    ['d3feffb5', 'cbnz x19, next'],
    ['000080d2', 'mov x0, #0'],
    ['f30b40f9', 'ldr x19, [sp, #16]'],
    ['fd7bc2a8', 'ldp x29, x30, [sp], #32'],
    ['c0035fd6', 'ret'],
  ],
};

/** Bytes of a Call. */
export const callBytes = 40;

let loaded: Pointer | undefined;

/** Address of the loop in this process; undefined where there is none for its processor. */
export function callLoopAddress(): Pointer | undefined {
  const convention = conventionHere();
  if (convention === undefined) return undefined;
  loaded ??= executablePages(machineCode(convention));
  return loaded;
}

/** The bytes of a listing. */
export function machineCode(convention: Convention): Uint8Array {
  return Buffer.from(callLoop[convention].map(([bytes]) => bytes).join(''), 'hex');
}

function conventionHere(): Convention | undefined {
  if (arch() === 'x64') return platform() === 'win32' ? 'x64-windows' : 'x64';
  // Windows on arm64 has never been tried
  return arch() === 'arm64' && platform() !== 'win32' ? 'arm64' : undefined;
}
