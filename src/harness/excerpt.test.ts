import { expect, test } from 'vitest';
import { itWrote } from './excerpt.ts';

const asan = [
  '=================================================================',
  '==7==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x602000000074 at pc 0x7f bp 0x7f sp 0x7f',
  'WRITE of size 1 at 0x602000000074 thread T0',
  '    #0 0x7f31 in count_pixels src/plugin.cpp:42',
  '    #1 0x7f32 in mvas_infer src/plugin.cpp:88',
  '    #2 0x7f33 in ffi_call',
  ...Array.from({ length: 30 }, (_, frame) => `    #${frame + 3} 0x7f34 in node::Start`),
  'SUMMARY: AddressSanitizer: heap-buffer-overflow src/plugin.cpp:42 in count_pixels',
  '==7==ABORTING',
];

test('the report of a sanitizer keeps the fault and its place, whatever the plugin wrote before, and says what is left out', () => {
  const logged = Array.from({ length: 50 }, (_, line) => `inspected part ${line}`);
  const said = itWrote([...logged, ...asan, ''].join('\n'));
  expect(said).toMatch(/^; it wrote: ==7==ERROR: AddressSanitizer: heap-buffer-overflow/);
  expect(said).toContain('#0 0x7f31 in count_pixels src/plugin.cpp:42\n    #1 0x7f32 in mvas_infer');
  expect(said).toContain('\n… 29 lines left out …\n');
  expect(said).toMatch(/SUMMARY: .*\n==7==ABORTING$/);
  expect(said).not.toContain('inspected part');
});

test('of anything else the first and the last lines are kept, of a long line the beginning', () => {
  const lines = Array.from({ length: 20 }, (_, line) => `line ${line}`);
  expect(itWrote(lines.join('\r\n'), ' | ')).toBe(
    '; it wrote: line 0 | line 1 | line 2 | line 3 | line 4 | … 12 lines left out … | line 17 | line 18 | line 19',
  );
  expect(itWrote(lines.slice(0, 9).join('\n'), ' | ')).not.toContain('left out');
  expect(itWrote('x'.repeat(300))).toBe(`; it wrote: ${'x'.repeat(200)}…`);
  expect(itWrote('src/a.cpp:3:5: runtime error: signed integer overflow\n')).toBe(
    '; it wrote: src/a.cpp:3:5: runtime error: signed integer overflow',
  );
});

test('nothing is quoted of a process that wrote nothing', () => {
  expect(itWrote(' \n')).toBe('');
});
