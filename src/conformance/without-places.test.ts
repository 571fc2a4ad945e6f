import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withoutPlaces } from './without-places.ts';

test('paths below the root become relative and the temporary folder a word, quoted ones too', () => {
  const root = join(tmpdir(), 'some-user', 'project');
  const model = join(root, 'models', 'a.onnx');
  const message = `init of ${JSON.stringify(model)} and ${model}, then ${join(tmpdir(), 'x')}`;
  const { findings } = withoutPlaces({ findings: [{ message }] }, root);
  expect(findings[0]?.message).not.toContain('some-user');
  expect(findings[0]?.message).not.toContain(tmpdir());
  expect(findings[0]?.message).toContain('<temp>');
});

test('paths as another system spells them are found too', () => {
  const root = join(tmpdir(), 'some-user', 'project');
  const place = (path: string) => `Z:${path.replaceAll('/', '\\')}`;
  const message = `model ${JSON.stringify(place(join(root, 'models', 'a.onnx')))}, then ${place(join(tmpdir(), 'x'))}`;
  expect(withoutPlaces(message, root, place)).toBe(`model ${JSON.stringify('models\\a.onnx')}, then <temp>\\x`);
});
