// Structs of the contract in native memory, read and written field by field.
import { alloc, view } from 'koffi';
import { type FieldType, type StructLayout, type StructName, structs } from '../abi.ts';
import type { FieldName, FieldValue, NativeStruct, Pointer } from '../raw-plugin.ts';

const known = new Map<Pointer, NativeStruct<StructName>>();

/** Allocates `count` zeroed structs in a row that live as long as the process. */
export function nativeStruct<S extends StructName>(struct: S, count = 1): NativeStruct<S> {
  const made = new StructMemory(struct, count);
  known.set(made.address, made as unknown as NativeStruct<StructName>);
  return made;
}

/** Reads structs that lie in memory of the caller's choosing; the memory must stay mapped as long as it is used. */
export function structAt<S extends StructName>(struct: S, address: Pointer, count = 1): NativeStruct<S> {
  return new StructMemory(struct, count, address);
}

/** The struct that {@link nativeStruct} made at this address. */
export function knownStruct<S extends StructName>(struct: S, address: Pointer): NativeStruct<S> | undefined {
  const found = known.get(address);
  return found?.struct === struct ? (found as unknown as NativeStruct<S>) : undefined;
}

class StructMemory<S extends StructName> implements NativeStruct<S> {
  readonly struct: S;
  readonly address: Pointer;
  readonly #layout: StructLayout;
  readonly #memory: DataView;
  readonly #bytes: Uint8Array;

  constructor(struct: S, count: number, address?: Pointer) {
    this.struct = struct;
    this.#layout = structs[struct];
    const size = this.#layout.size * count;
    this.address = address ?? (alloc('uint64_t', size / 8) as Pointer);
    this.#bytes = new Uint8Array(view(this.address, size));
    this.#memory = new DataView(this.#bytes.buffer);
    if (address === undefined) this.fill(0);
  }

  get<F extends FieldName<S>>(field: F, index = 0): FieldValue<S, F> {
    const { offset, type } = this.#field(field);
    return read(this.#memory, index * this.#layout.size + offset, type) as FieldValue<S, F>;
  }

  set<F extends FieldName<S>>(field: F, value: FieldValue<S, F>, index = 0): void {
    const { offset, type } = this.#field(field);
    const at = index * this.#layout.size + offset;
    if (type === 'pointer') this.#memory.setBigUint64(at, value as Pointer, true);
    else if (type === 'int32') this.#memory.setInt32(at, value as number, true);
    else this.#memory.setFloat32(at, value as number, true);
  }

  fill(byte: number): void {
    this.#bytes.fill(byte);
  }

  bytes(): Uint8Array {
    return this.#bytes.slice();
  }

  #field(field: FieldName<S>): { offset: number; type: FieldType } {
    const found = this.#layout.fields[field as string];
    if (found === undefined) throw new TypeError(`${this.struct} has no field ${String(field)}`);
    return found;
  }
}

function read(memory: DataView, at: number, type: FieldType): Pointer | number {
  if (type === 'pointer') return memory.getBigUint64(at, true);
  return type === 'int32' ? memory.getInt32(at, true) : memory.getFloat32(at, true);
}
