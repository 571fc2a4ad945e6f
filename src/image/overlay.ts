// The picture that shows what an inspection found.
import { type Canvas, canvasOf } from './canvas.ts';
import { type DrawnBox, drawBoxes } from './draw-boxes.ts';
import { drawHeatMap, type HeatMap } from './heat-map.ts';
import type { Picture } from './picture.ts';

/** What there is to show: the plugin's own visualization wins over map and boxes. */
export interface Findings {
  readonly anomalyMap?: HeatMap;
  readonly boxes: readonly DrawnBox[];
  /** RGB bytes of its own size. */
  readonly visualization?: { readonly width: number; readonly height: number; readonly data: Uint8Array };
}

/** RGB pixels: the plugin's visualization, or heat map and boxes over the photograph. */
export function drawOverlay(picture: Picture, findings: Findings): Canvas {
  if (findings.visualization !== undefined) return { ...findings.visualization, channels: 3 };
  const canvas = canvasOf(picture);
  if (findings.anomalyMap !== undefined) drawHeatMap(canvas, findings.anomalyMap);
  drawBoxes(canvas, findings.boxes);
  return canvas;
}
