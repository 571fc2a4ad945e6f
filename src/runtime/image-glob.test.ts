import { expect, test } from 'vitest';
import { parseImageGlob } from './image-glob.ts';

const names = ['a.png', 'b.jpg', 'part-1.png', 'part-2.png', 'day/a.png', 'day/shift/a.png'];

test.each([
  ['photos/*.png', 'photos', ['a.png', 'part-1.png', 'part-2.png']],
  ['photos/**/*.png', 'photos', ['a.png', 'part-1.png', 'part-2.png', 'day/a.png', 'day/shift/a.png']],
  ['photos/part-?.png', 'photos', ['part-1.png', 'part-2.png']],
  ['photos/part-[!1].png', 'photos', ['part-2.png']],
  ['photos/[ab].{png,jpg}', 'photos', ['a.png', 'b.jpg']],
  ['*/a.png', '.', ['day/a.png']],
  ['/data/**', '/data', names],
  ['/*.jpg', '/', ['b.jpg']],
])('%s looks in %s', (pattern, folder, found) => {
  const glob = parseImageGlob(pattern);
  expect(glob?.folder).toBe(folder);
  expect(names.filter((name) => glob?.matches.test(name))).toEqual(found);
});

test('a plain path is no pattern, and other signs stand for themselves', () => {
  expect(parseImageGlob('photos/a+b (1).png')).toBeUndefined();
  expect(parseImageGlob('a.b+(c)*.png')?.matches.test('a.b+(c)1.png')).toBe(true);
  expect(parseImageGlob('a.b*.png')?.matches.test('aXb1.png')).toBe(false);
});

test('a range that runs backwards makes no pattern', () => {
  expect(parseImageGlob('part-[z-a].png')).toBeUndefined();
});

test('a sign that opens nothing is taken as it is', () => {
  expect(parseImageGlob('[*.png')?.matches.test('[1.png')).toBe(true);
});
