// The compiler laid out the contract's structs as the host does.
import { readStructLayouts, type StructLayout } from '../../../binary/dwarf/struct-layouts.ts';
import { type StructName, structs } from '../../../harness/abi.ts';
import { defineCheck } from '../../check.ts';
import { type Finding, skip } from '../../finding.ts';

const names = Object.keys(structs) as StructName[];

const check = defineCheck({
  id: 'binary/struct-layout',
  title: 'The structs of the contract have the sizes and offsets that hosts use',
  why: 'With another layout the plugin writes its score where the host reads a pointer.',
  fix: 'Include mvas_plugin.h as it is: no own copy of the structs, no #pragma pack and no packing option around it.',
  spec: 'abi.md#layout',
  blind: 'Libraries without debug information (DWARF), and structs under other names.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'static',
  run({ binary, library }) {
    if ('unreadable' in binary || binary.type !== 'library') return skip('not-reached', 'the file is no shared library (binary/format)');
    const found = readStructLayouts(library, binary, names);
    if (found === undefined || found.length === 0)
      return skip('no-debug-info', 'the library does not say how its structs are laid out: build it with -g to have this checked');
    return found.flatMap(differences);
  },
});
export default check;

function differences({ name, size, members }: StructLayout): Finding[] {
  const expected = structs[name as StructName];
  const places: Readonly<Record<string, { readonly offset: number }>> = expected.fields;
  const moved = members.filter((member) => places[member.name] !== undefined && places[member.name]?.offset !== member.offset);
  if (size === expected.size && moved.length === 0) return [];
  const wrong = moved.map((member) => `${member.name} at ${member.offset} instead of ${places[member.name]?.offset}`);
  const sizes = size === expected.size ? [] : [`${size} bytes instead of ${expected.size}`];
  return [
    {
      message: `${name} is laid out in another way: ${[...sizes, ...wrong].join(', ')}`,
      data: { struct: name, size, members: [...members] },
    },
  ];
}
