// The length of x64 instructions, and which of them are AVX, AVX-512 or CPUID: no more of a disassembler than that takes.

/** One instruction. */
export interface Instruction {
  readonly length: number;
  readonly kind: 'plain' | 'avx' | 'avx512' | 'cpuid';
}

const prefixes = new Set([0x26, 0x2e, 0x36, 0x3e, 0x64, 0x65, 0x66, 0x67, 0xf0, 0xf2, 0xf3]);

/** One-byte opcodes without a ModRM byte: the other ones have it. */
function hasNoModRm(opcode: number): boolean {
  if (opcode < 0x40) return (opcode & 7) > 3;
  if (opcode < 0x63) return true;
  if (opcode >= 0x64 && opcode < 0x80) return opcode !== 0x69 && opcode !== 0x6b;
  if (opcode >= 0x90 && opcode < 0xc0) return true;
  return (
    [0xc2, 0xc3, 0xc8, 0xc9, 0xca, 0xcb, 0xcc, 0xcd, 0xcf, 0xd7].includes(opcode) ||
    (opcode >= 0xe0 && opcode < 0xf6) ||
    (opcode >= 0xf8 && opcode < 0xfe)
  );
}

/** Bytes of the constant behind a one-byte opcode; `wide` where 4 bytes would be, 2 with the prefix 66. */
function constantBytes(opcode: number, wide: number, isLong: boolean, addressBytes: number): number {
  if (opcode < 0x40) return (opcode & 7) === 4 ? 1 : (opcode & 7) === 5 ? wide : 0;
  if (opcode >= 0x70 && opcode < 0x80) return 1;
  if (opcode >= 0xb0 && opcode < 0xb8) return 1;
  if (opcode >= 0xb8 && opcode < 0xc0) return isLong ? 8 : wide;
  if (opcode >= 0xa0 && opcode < 0xa4) return addressBytes;
  if ([0x6a, 0x6b, 0x80, 0x82, 0x83, 0xa8, 0xc0, 0xc1, 0xc6, 0xcd, 0xd4, 0xd5, 0xeb].includes(opcode)) return 1;
  if (opcode >= 0xe0 && opcode < 0xe8) return 1;
  if ([0x68, 0x69, 0x81, 0xa9, 0xc7].includes(opcode)) return wide;
  if (opcode === 0xe8 || opcode === 0xe9) return 4;
  if (opcode === 0xc2 || opcode === 0xca) return 2;
  return opcode === 0xc8 ? 3 : 0;
}

/** Two-byte opcodes (0F …) without a ModRM byte, and those with a constant of one byte. */
const bareSecond = new Set([
  0x05, 0x06, 0x07, 0x08, 0x09, 0x0b, 0x0e, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x37, 0x77, 0xa0, 0xa1, 0xa2, 0xa8, 0xa9, 0xaa,
]);
const constantSecond = new Set([0x70, 0x71, 0x72, 0x73, 0xa4, 0xac, 0xba, 0xc2, 0xc4, 0xc5, 0xc6]);

/** The instruction at `at`; one byte of something unknown where the code ends within it. */
export function instructionAt(code: Buffer, at: number): Instruction {
  const step = new Step(code, at);
  const kind = step.read();
  return { length: Math.max(1, step.at - at), kind };
}

class Step {
  readonly #code: Buffer;
  at: number;

  constructor(code: Buffer, at: number) {
    this.#code = code;
    this.at = at;
  }

  #byte(): number {
    return this.#code[this.at++] ?? 0;
  }

  read(): Instruction['kind'] {
    let [wide, addressBytes] = [4, 8];
    let opcode = this.#byte();
    for (let count = 0; prefixes.has(opcode) && count < 14; count++) {
      if (opcode === 0x66) wide = 2;
      if (opcode === 0x67) addressBytes = 4;
      opcode = this.#byte();
    }
    const rex = (opcode & 0xf0) === 0x40 ? opcode : 0;
    if (rex !== 0) opcode = this.#byte();
    if (opcode === 0xc5 || opcode === 0xc4 || opcode === 0x62) return this.#vector(opcode);
    if (opcode === 0x0f) return this.#second();
    const isLong = (rex & 8) !== 0;
    const field = hasNoModRm(opcode) ? 0 : (this.#modRm() >> 3) & 7;
    // TEST alone of its group has a constant.
    const own = (opcode === 0xf6 || opcode === 0xf7) && field < 2 ? (opcode === 0xf6 ? 1 : wide) : 0;
    this.at += own + constantBytes(opcode, isLong && opcode < 0xb8 ? 4 : wide, isLong, addressBytes);
    return 'plain';
  }

  #second(): Instruction['kind'] {
    const opcode = this.#byte();
    if (opcode >= 0x80 && opcode < 0x90) this.at += 4;
    else if (opcode === 0x38 || opcode === 0x3a) {
      this.#byte();
      this.#modRm();
      if (opcode === 0x3a) this.at += 1;
    } else if (!bareSecond.has(opcode) && !(opcode >= 0xc8 && opcode < 0xd0)) {
      this.#modRm();
      if (constantSecond.has(opcode)) this.at += 1;
    }
    return opcode === 0xa2 ? 'cpuid' : 'plain';
  }

  /** VEX and EVEX: the bytes behind the first say in which table the opcode is. */
  #vector(first: number): Instruction['kind'] {
    const table = first === 0xc5 ? 1 : this.#byte() & (first === 0x62 ? 7 : 31);
    this.at += first === 0x62 ? 2 : 1;
    const opcode = this.#byte();
    if (!(table === 1 && opcode === 0x77)) this.#modRm();
    if (table === 3 || (table === 1 && constantSecond.has(opcode))) this.at += 1;
    return first === 0x62 ? 'avx512' : 'avx';
  }

  /** Goes over ModRM, SIB and displacement; returns the ModRM byte. */
  #modRm(): number {
    const byte = this.#byte();
    const [mode, register] = [byte >> 6, byte & 7];
    if (mode === 3) return byte;
    const base = register === 4 ? this.#byte() & 7 : register;
    if (mode === 1) this.at += 1;
    else if (mode === 2 || base === 5) this.at += 4;
    return byte;
  }
}
