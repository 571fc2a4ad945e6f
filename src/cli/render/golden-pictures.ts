// Makes the pictures of the golden page: photograph, layers of both sides, and where they differ.
import type { SeenCase } from '../../golden/golden-session.ts';
import { type BoxMatch, matchBoxes } from '../../golden/match-boxes.ts';
import type { ReferenceOutputs } from '../../golden/outputs.ts';
import { limitsOf } from '../../golden/tolerance.ts';
import type { Box } from '../../harness/plugin-host.ts';
import { layerUri, pictureUri } from '../../image/encode-layer.ts';
import type { HeatMap } from '../../image/heat-map.ts';
import { differenceLayer, heatLayer, signedLayer } from '../../image/map-layers.ts';
import type { Picture } from '../../image/picture.ts';
import type { PageBox, PagePictures, PageSide } from '../../report/golden/golden-page-types.ts';

/** Longest sides in pixels: a page of many images must stay small. */
const edges = { photograph: 1280, thumbnail: 120 } as const;

type Rgb = NonNullable<ReferenceOutputs['visualization']>;

interface Side {
  readonly anomalyMap?: HeatMap | null | undefined;
  readonly visualization?: Rgb | null | undefined;
}

/** The pictures of a photograph alone, for an image that was not compared. */
export async function photographOnly(picture: Picture): Promise<PagePictures> {
  const { width, height } = picture;
  const [photograph, thumbnail] = await Promise.all([pictureUri(picture, edges.photograph), pictureUri(picture, edges.thumbnail)]);
  return { width, height, photograph, thumbnail, difference: {} };
}

/** The pictures of a reference alone. */
export async function referencePictures(picture: Picture, expected: ReferenceOutputs): Promise<PagePictures> {
  const boxes = (expected.boxes ?? []).map((box) => pageBox('same', box));
  return { ...(await photographOnly(picture)), expected: await sideOf(expected, boxes) };
}

/** The pictures of a comparison. */
export async function comparedPictures({ picture, expected, actual }: Omit<SeenCase, 'image'>): Promise<PagePictures> {
  const match = matchBoxes(expected.boxes ?? [], actual.boxes ?? [], limitsOf('bboxes').iou.value, () => true);
  const heat = expected.anomalyMap && actual.anomalyMap && signedLayer(expected.anomalyMap, actual.anomalyMap);
  const own =
    expected.visualization && actual.visualization && differenceLayer(expected.visualization, actual.visualization, edges.photograph);
  return {
    ...(await photographOnly(picture)),
    expected: await sideOf(expected, boxesOf(match, 'expected')),
    actual: await sideOf(actual, boxesOf(match, 'actual')),
    difference: { ...(heat && { heat: await layerUri(heat) }), ...(own && { visualization: await layerUri(own) }) },
  };
}

/** Gathers the pictures of images as they are compared. */
export function collectPictures(): { seen: Map<string, PagePictures>; onSeen: (seen: SeenCase) => Promise<void> } {
  const seen = new Map<string, PagePictures>();
  return {
    seen,
    onSeen: async (one) => {
      seen.set(one.image, await comparedPictures(one));
    },
  };
}

async function sideOf({ anomalyMap, visualization }: Side, boxes: readonly PageBox[]): Promise<PageSide> {
  return {
    boxes,
    ...(anomalyMap && { heat: await layerUri(heatLayer(anomalyMap)) }),
    ...(visualization && { visualization: await pictureUri({ ...visualization, channels: 3 }, edges.photograph) }),
  };
}

function boxesOf({ matched, moved, relabelled, missing, extra }: BoxMatch, side: 'expected' | 'actual'): PageBox[] {
  const kinds = [
    ['same', matched.map((pair) => pair[side])],
    ['moved', moved.map((pair) => pair[side])],
    ['relabelled', relabelled.map((pair) => pair[side])],
    ['missing', side === 'expected' ? missing : []],
    ['extra', side === 'actual' ? extra : []],
  ] as const;
  return kinds.flatMap(([kind, boxes]) => boxes.map((box) => pageBox(kind, box)));
}

function pageBox(kind: PageBox['kind'], { x1, y1, x2, y2, score, class: label }: Box): PageBox {
  return { kind, x1, y1, x2, y2, text: `class ${label}, score ${score.toFixed(3)}` };
}
