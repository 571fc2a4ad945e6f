// JSON Schema of transforms.json: what is done to a picture before a script's model sees it.

const pixels = (value?: number) => ({ type: 'integer', minimum: 1, maximum: 16384, ...(value === undefined ? {} : { default: value }) });
const position = { type: 'integer', minimum: 0 } as const;
const number = { type: 'number' } as const;
const positive = { type: 'number', exclusiveMinimum: 0 } as const;
const perChannel = { type: 'array', items: number, minItems: 1, maxItems: 4 } as const;

/** Parameters of every operation by its name. */
const operations: Readonly<Record<string, { readonly properties?: object; readonly required?: readonly string[] }>> = {
  resize: {
    properties: {
      width: pixels(256),
      height: pixels(256),
      interpolation: { enum: ['nearest', 'bilinear', 'bicubic', 'lanczos', 'area'] },
      keep_aspect: { type: 'boolean', default: false },
      pad_value: { ...perChannel, default: [0, 0, 0] },
    },
  },
  crop_center: { properties: { width: pixels(224), height: pixels(224) } },
  crop_roi: { properties: { x: position, y: position, width: pixels(), height: pixels() }, required: ['x', 'y', 'width', 'height'] },
  normalize: {
    properties: {
      mean: perChannel,
      std: { ...perChannel, items: positive },
      scale: { ...positive, default: 255, description: 'grey values are divided by it first' },
    },
  },
  to_tensor: { properties: { dtype: { enum: ['float32', 'float16'] }, channel_order: { enum: ['CHW', 'HWC'] } } },
  add_batch_dim: {},
  bgr2rgb: {},
  rgb2bgr: {},
  grayscale: { properties: { keep_dims: { type: 'boolean', default: true } } },
  gaussian_blur: { properties: { kernel_size: { ...position, default: 5 }, sigma: { ...number, minimum: 0, default: 0 } } },
  clahe: {
    properties: {
      clip_limit: { ...positive, default: 2 },
      tile_grid_size: { type: 'array', items: pixels(), minItems: 2, maxItems: 2, default: [8, 8] },
    },
  },
  apply_mask: { properties: { mask: { type: 'string', minLength: 1, description: 'a picture in the package' } }, required: ['mask'] },
};

/** Describes transforms.json. */
export const transformsSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://mvas.io/schema/transforms.json',
  title: 'Preprocessing of an MVAS script',
  type: 'object',
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    pipeline: {
      type: 'array',
      maxItems: 64,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['op'],
        properties: {
          op: { enum: Object.keys(operations) },
          params: { type: 'object' },
          enabled: { type: 'boolean', default: true },
        },
        allOf: Object.entries(operations).map(([op, { properties = {}, required = [] }]) => ({
          if: { type: 'object', required: ['op'], properties: { op: { const: op } } },
          // biome-ignore lint/suspicious/noThenProperty: JSON Schema calls it so
          then: {
            type: 'object',
            properties: { params: { type: 'object', additionalProperties: false, properties, required } },
            ...(required.length > 0 && { required: ['params'] }),
          },
        })),
      },
    },
  },
};
