// Measures what a golden comparison costs beside the plugin: decoding and comparing, each beside the least such work can cost.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { compareBoxes } from '../dist/golden/compare-boxes.js';
import { compareMap } from '../dist/golden/compare-map.js';
import { compareVisualization } from '../dist/golden/compare-visualization.js';
import { limitsOf } from '../dist/golden/tolerance.js';
import { decodeImage } from '../dist/image/decode-image.js';
import { toFrame } from '../dist/image/to-frame.js';

const folder = mkdtempSync(join(tmpdir(), 'mvas-bench-'));

/** The least time of some runs in milliseconds: a busy machine only adds. */
async function least(run, runs = 9) {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < runs; round += 1) {
    const start = performance.now();
    await run();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

function line(what, ms, beside, besideMs) {
  console.log(`  ${what}: ${ms.toFixed(2)} ms, ${(ms / besideMs).toFixed(1)} times ${beside} (${besideMs.toFixed(2)} ms)`);
}

/** A texture that compresses like a photograph. */
function photograph(width, height) {
  const data = Buffer.alloc(width * height * 3);
  for (let at = 0; at < data.length; at += 1) data[at] = 128 + 60 * Math.sin(at / 997) + ((at * 2654435761) >>> 28);
  return { data, width, height };
}

async function decoding(width, height) {
  const { data } = photograph(width, height);
  const path = join(folder, 'photograph.png');
  await sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toFile(path);
  const bare = await least(() => sharp(readFileSync(path)).raw().toBuffer());
  const ours = await least(() => decodeImage(path));
  line(`decode ${width}×${height} RGB`, ours, 'sharp alone', bare);
  const picture = await decodeImage(path);
  const copied = await least(() => Buffer.copyBytesFrom(picture.data));
  for (const format of ['BGR', 'GRAY', 'RGBA']) line(`  to ${format}`, await least(() => toFrame(picture, format)), 'a copy', copied);
}

async function comparing() {
  for (const side of [256, 1024]) {
    const map = { width: side, height: side, data: Float32Array.from({ length: side * side }, (_, at) => 0.3 + 0.1 * Math.sin(at / 99)) };
    const other = { ...map, data: map.data.slice() };
    const copied = await least(() => map.data.slice());
    line(`compare maps of ${side}×${side}`, await least(() => compareMap(map, other, limitsOf('anomaly_map'), 0.5)), 'a copy', copied);
  }
  const image = photograph(640, 480);
  const copied = await least(() => Buffer.copyBytesFrom(image.data));
  const copy = { ...image, data: Buffer.copyBytesFrom(image.data) };
  line(
    'compare visualizations of 640×480',
    await least(() => compareVisualization(image, copy, limitsOf('visualization'))),
    'a copy',
    copied,
  );
  for (const count of [10, 200, 2000]) {
    const boxes = Array.from({ length: count }, (_, at) => {
      const [x, y] = [(at % 50) * 12, Math.floor(at / 50) * 12];
      return { x1: x, y1: y, x2: x + 10, y2: y + 10, score: at / count, class: at % 3 };
    });
    console.log(
      `  match ${count} boxes: ${(await least(() => compareBoxes(boxes, boxes.toReversed(), limitsOf('bboxes')), 3)).toFixed(2)} ms`,
    );
  }
}

try {
  await decoding(640, 480);
  await decoding(2448, 2048);
  await comparing();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
