// What the generated code must know of a model: the texts and numbers that the template own-model is rendered with.

/** How pixels are scaled before a model sees them; ONNX files do not say it. */
export const normalisations = {
  imagenet: {
    scale: 255,
    mean: [0.485, 0.456, 0.406],
    std: [0.229, 0.224, 0.225],
    text: '0..1, minus the mean of ImageNet, by its standard deviation',
  },
  unit: { scale: 255, mean: [0, 0, 0], std: [1, 1, 1], text: '0..1' },
  signed: { scale: 255, mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5], text: '-1..1' },
  raw: { scale: 1, mean: [0, 0, 0], std: [1, 1, 1], text: '0..255' },
} as const;

/** A key of the table above. */
export type Normalisation = keyof typeof normalisations;

/** What a model gives: an anomaly map, one score, or a value for each class. */
export type ModelKind = 'map' | 'score' | 'classes';

/** What was read of a model or assumed; recorded with a project's answers. */
export interface ModelFacts {
  readonly kind: ModelKind;
  readonly inputName: string;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly layout: 'NCHW' | 'NHWC';
  readonly outputName: string;
  readonly outputIndex: number;
  readonly outputWidth: number;
  readonly outputHeight: number;
  readonly normalise: Normalisation;
}

function textsOf(width: number, height: number): Readonly<Record<ModelKind, string>> {
  return { map: `an anomaly map of ${width}x${height}`, score: 'one score', classes: `values for ${width} classes` };
}

function formatsBut(own: string): string {
  const others = ['rgb', 'bgr', 'gray', 'rgba'].filter((name) => name !== own);
  return others.map((name) => `mvas::Format::${name}`).join(', ');
}

/** The names that templates may use as `model.…`. */
export function modelValues(facts: ModelFacts) {
  const { kind, width, height, channels, layout, outputWidth, outputHeight } = facts;
  const { scale, mean, std, text } = normalisations[facts.normalise];
  const gray = channels === 1;
  const floats = (values: readonly number[]) =>
    values
      .slice(0, channels)
      .map((value) => `${Number.isInteger(value) ? `${value}.0` : value}f`)
      .join(', ');
  const classes = kind === 'classes';
  const outputText = textsOf(outputWidth, outputHeight);
  return {
    ...facts,
    scale,
    isMap: kind === 'map',
    isScore: kind === 'score',
    isClasses: classes,
    isGray: gray,
    isInterleaved: layout === 'NHWC',
    type: classes ? 'classification' : 'anomaly_detection',
    typeConstant: classes ? 'MVAS_MODEL_CLASSIFICATION' : 'MVAS_MODEL_ANOMALY_DETECTION',
    lastClass: outputWidth - 1,
    colorOrder: gray ? 'GRAY' : 'RGB',
    colorMode: gray ? 'GRAY' : 'RGB',
    format: gray ? 'gray' : 'rgb',
    otherFormats: formatsBut(gray ? 'gray' : 'rgb'),
    inputShape: (layout === 'NCHW' ? [1, channels, height, width] : [1, height, width, channels]).join(', '),
    inputText:
      layout === 'NCHW'
        ? `${channels} x ${height} x ${width}, one channel after the other`
        : `${height} x ${width} x ${channels}, the channels of a pixel together`,
    outputText: outputText[kind],
    mean: mean.slice(0, channels).join(', '),
    std: std.slice(0, channels).join(', '),
    meanFloats: floats(mean),
    stdFloats: floats(std),
    assumption: `Pixels go to the model as ${text}: the model's file does not say how, so look whether that is how it was trained.`,
  };
}
