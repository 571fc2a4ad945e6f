import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { type ContactImage, renderContactSheet } from './contact-sheet.ts';

function sheetOf(...images: ContactImage[]): string {
  return renderContactSheet({ title: 'Scratch detector', facts: [['Model', 'models/model.onnx']], images });
}

function namesIn(text: string): string[] {
  return [...text.matchAll(/<div class="name">(.*?)<\/div>/g)].map(([, name]) => name ?? '');
}

test('the worst comes first: what was not inspected, then fail, review and pass, each by score', () => {
  const text = sheetOf(
    { name: 'good', decision: 'pass', score: 0.1 },
    { name: 'nearly', decision: 'pass', score: 0.2 },
    { name: 'bad', decision: 'fail', score: 0.8 },
    { name: 'worse', decision: 'fail', score: 0.9 },
    { name: 'unclear', decision: 'review', score: 0.4 },
    { name: 'torn', decision: 'error', message: 'truncated' },
    { name: 'strange', decision: 'unknown', score: 0.3 },
  );
  expect(namesIn(text)).toEqual(['torn', 'worse', 'bad', 'unclear', 'strange', 'nearly', 'good']);
  expect(text).toContain('7 images · 1 not inspected · 2 fail · 1 review · 1 other · 2 pass');
});

test('nothing from a file name, a message or a fact becomes markup', () => {
  const hostile = `"><img src=x onerror=alert(1)></script><script>alert('2')</script>\`&`;
  const text = renderContactSheet({
    title: hostile,
    facts: [[hostile, hostile]],
    images: [
      { name: hostile, decision: hostile, score: 1, preview: 'data:image/webp;base64,AA', file: `overlays/${hostile}.png` },
      { name: 'b', decision: 'error', message: hostile },
    ],
  });
  const plain = sheetOf(
    { name: 'a', decision: 'x', score: 1, preview: 'data:image/webp;base64,AA', file: 'overlays/a.png' },
    { name: 'b', decision: 'error', message: 'm' },
  );
  const tagsOf = (page: string) => page.match(/<\/?[a-z][a-z0-9]*/gi);
  expect(tagsOf(text)).toEqual(tagsOf(plain));
  expect(text).not.toMatch(/[^-]onerror=alert\(1\)>/);
});

test('a file name cannot become another address', () => {
  const text = sheetOf({ name: 'a', decision: 'pass', preview: 'data:,', file: 'javascript:alert(1)/../a?b#c %.png' });
  expect(text).toContain('href="./javascript%3Aalert(1)/../a%3Fb%23c%20%25.png"');
});

test('the file needs nothing from anywhere, and only its own script may run', () => {
  const text = sheetOf({ name: 'a', decision: 'pass' });
  expect(text).not.toMatch(/https?:|@import|url\(/);
  const scripts = [...text.matchAll(/<script>(.*?)<\/script>/gs)].map(([, script]) => script ?? '');
  const digests = scripts.map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  expect(digests.length).toBe(2);
  expect(text).toContain(`script-src ${digests.join(' ')};`);
  expect(text).toContain("default-src 'none'");
});

test('what is not known is not shown', () => {
  const text = sheetOf({ name: 'a', decision: 'error', message: 'the plugin crashed' });
  expect(text).toContain('the plugin crashed');
  expect(text).not.toMatch(/score \d|undefined|NaN|null/);
});

test('a sheet without images is a page as well', () => {
  expect(sheetOf()).toContain('0 images');
});
