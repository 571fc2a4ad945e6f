import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder } from '../../test/scratch.ts';
import { readJsonFile } from './json-file.ts';

test('text that is no JSON is refused in one line that names the file and the place', async () => {
  const path = join(await scratchFolder(), 'manifest.json');
  await writeFile(path, '{\n  "app" {\n    "id": "com.acme.cap"\n  }\n}\n');
  const refused = await readJsonFile(path).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 'FILE_INVALID', hint: 'mend the JSON at that place' });
  const { message } = refused as Error;
  expect(message).toBe(`${path} is not valid JSON: line 2, column 9: expected a colon, found {`);
});

test('a byte order mark before the JSON is no fault', async () => {
  const path = join(await scratchFolder(), 'manifest.json');
  await writeFile(path, '\uFEFF{"app": 1,}');
  await expect(readJsonFile(path)).rejects.toThrow('line 1, column 11: the comma');
  await writeFile(path, '\uFEFF{"app": 1}');
  expect(await readJsonFile(path)).toEqual({ app: 1 });
});
