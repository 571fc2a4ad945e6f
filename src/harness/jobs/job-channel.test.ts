import { expect, test } from 'vitest';
import { JobReader, JobWriter } from './job-channel.ts';

function recorded(act: (writer: JobWriter) => void): { reader: JobReader; told: boolean[] } {
  const lines: Buffer[] = [];
  act(new JobWriter((bytes) => lines.push(Buffer.from(bytes))));
  const reader = new JobReader();
  // cut anywhere, also inside a character
  const told = [...Buffer.concat(lines)].map((byte) => reader.add(Buffer.of(byte)));
  return { reader, told };
}

test('calls are read with their phase, and words of the job follow the next call only', () => {
  const { reader } = recorded((writer) => {
    writer.call('mvas_init', 'model "größe"');
    writer.returned();
    writer.annotate('row 3');
    writer.call('mvas_infer', '4×3×1');
    writer.returned();
    writer.reading();
  });
  expect(reader.calls).toEqual([
    { number: 1, function: 'mvas_init', arguments: 'model "größe"', phase: 'after' },
    { number: 2, function: 'mvas_infer', arguments: '4×3×1, row 3', phase: 'reading' },
  ]);
  expect(reader.word).toBeUndefined();
});

test('the end is told once, at its last byte', () => {
  const { reader, told } = recorded((writer) => writer.end({ kind: 'value', value: { a: [1, 'two\n'] } }));
  expect(reader.word).toEqual({ kind: 'value', value: { a: [1, 'two\n'] } });
  expect(told.indexOf(true)).toBe(told.length - 1);
});

test('only the last calls are kept, and arguments are cut', () => {
  const { reader } = recorded((writer) => {
    for (let index = 0; index < 40; index += 1) writer.call('mvas_warmup', 'x'.repeat(5000));
  });
  expect(reader.calls.length).toBe(16);
  expect(reader.calls.at(-1)).toMatchObject({ number: 40, phase: 'inside' });
  expect(reader.calls.at(-1)?.arguments.length).toBe(1000);
});

test('a job that returns nothing has told null', () => {
  expect(recorded((writer) => writer.end({ kind: 'value', value: undefined })).reader.word).toEqual({ kind: 'value', value: null });
});
