// Measures what 100 golden pictures of 5 megapixels cost beside the plugin: reading, decoding, digests, references and every comparison.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { sha256File } from '../dist/core/digest.js';
import { compareResult } from '../dist/golden/compare-result.js';
import { decodingProblem } from '../dist/golden/decoding.js';
import { readOutputs } from '../dist/golden/outputs.js';
import { writeReference } from '../dist/golden/reference-files.js';
import { decodeImage } from '../dist/image/decode-image.js';
import { pixelsSha256, toFrame } from '../dist/image/to-frame.js';

// MVAS_IMAGES=10 gives a first impression
const images = Number(process.env['MVAS_IMAGES'] ?? 100);
const [width, height] = [2448, 2048];
const folder = mkdtempSync(join(tmpdir(), 'mvas-bench-'));
const expectedResults = join(folder, 'expected_results.json');

/** A texture that compresses like a photograph; every seed another one. */
function photograph(seed) {
  const data = Buffer.alloc(width * height * 3);
  for (let at = 0; at < data.length; at += 1) data[at] = 128 + 60 * Math.sin(at / (997 + seed)) + (((at + seed) * 2654435761) >>> 28);
  return data;
}

/** What a plugin says at most: a map of a megapixel, a visualization of the picture's own size, some boxes. */
function resultOf(data) {
  const side = 1024;
  const anomalyMap = {
    width: side,
    height: side,
    data: Float32Array.from({ length: side * side }, (_, at) => 0.3 + 0.1 * Math.sin(at / 99)),
  };
  const boxes = Array.from({ length: 20 }, (_, at) => ({ x1: at * 100, y1: 50, x2: at * 100 + 60, y2: 90, score: at / 20, class: at % 3 }));
  const visualization = { width, height, data };
  return { decision: 'fail', confidence: 0.9, anomalyScore: 0.4, boxes, anomalyMap, visualization, details: '{"cells": 17}' };
}

async function prepare() {
  const kinds = [];
  for (const seed of [1, 2, 3, 4]) {
    const data = photograph(seed);
    const file = join(folder, `kind-${seed}.png`);
    await sharp(data, { raw: { width, height, channels: 3 } }).png({ compressionLevel: 6 }).toFile(file); // biome-ignore format: a chain
    const result = resultOf(data);
    const entry = await writeReference(folder, 'expected', `kind-${seed}.png`, result);
    kinds.push({ file, result, entry: { ...entry, pixels_sha256: pixelsSha256(await decodeImage(file)) } });
  }
  mkdirSync(join(folder, 'images'));
  return Array.from({ length: images }, (_, at) => {
    const kind = kinds[at % kinds.length];
    const path = join(folder, 'images', `${at}.png`);
    copyFileSync(kind.file, path);
    return { ...kind, path };
  });
}

const spent = new Map();
async function timed(step, work) {
  const start = performance.now();
  const value = await work();
  spent.set(step, (spent.get(step) ?? 0) + performance.now() - start);
  return value;
}

async function compareOne({ path, entry, result }) {
  await timed('digest of the file', () => sha256File(path));
  const picture = await timed('decode', () => decodeImage(path));
  const problem = await timed('digest of the pixels', () => decodingProblem(entry, picture));
  if (problem !== undefined) throw new Error(problem);
  await timed('to the plugin’s format', () => toFrame(picture, 'BGR'));
  const expected = await timed('read map and visualization', () => readOutputs(entry, expectedResults));
  const lines = await timed('compare every output', () => compareResult(expected, result, {}, 0.5));
  if (!lines.every(({ ok }) => ok)) throw new Error('a picture does not equal its own reference');
}

try {
  const cases = await prepare();
  for (const one of cases) await compareOne(one);
  let bare = Number.POSITIVE_INFINITY;
  for (const { path } of cases.slice(0, 4)) {
    const start = performance.now();
    await sharp(readFileSync(path)).raw().toBuffer();
    bare = Math.min(bare, performance.now() - start);
  }
  const all = [...spent.values()].reduce((sum, ms) => sum + ms, 0);
  for (const [step, ms] of spent) console.log(`  ${step}: ${(ms / images).toFixed(1)} ms a picture, ${((100 * ms) / all).toFixed(0)} %`);
  console.log(
    `  ${images} pictures of ${width}×${height}: ${(all / 1000).toFixed(1)} s in all, ${(all / images / bare).toFixed(1)} times what sharp alone needs to decode them`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
