// Pieces that several parts of the manifest's schema share.
import { platformKeys } from '../core/platform.ts';

export const text = { type: 'string', minLength: 1 } as const;
export const url = { type: 'string', format: 'uri', description: 'an absolute URL' } as const;
export const milliseconds = { type: 'number', exclusiveMinimum: 0 } as const;
export const megabytes = { type: 'integer', minimum: 0 } as const;
export const count = { type: 'integer', minimum: 1 } as const;

/** A place inside the package; the same rules as for names in the archive. */
export const packagePath = {
  type: 'string',
  maxLength: 240,
  pattern: '^(?!/)(?!(.*/)?\\.{1,2}(/|$))(?!.*//)[ !#-)+-9;=@-\\[\\]-{}~]+$',
  description: 'a relative path inside the package, with / between folders and without ..',
} as const;

export const versionRange = {
  type: 'string',
  pattern: '^(>=|<=|>|<|=|\\^|~)? ?\\d+(\\.\\d+){0,3}( (>=|<=|>|<|=) ?\\d+(\\.\\d+){0,3})*$',
  description: 'a version range such as ">=11.8"',
} as const;

/** Keys of maps by platform. */
export const platformNames = { enum: platformKeys } as const;

/** Kinds of inspection: of an app, and of what a plugin returns. */
export const categories = [
  'anomaly_detection',
  'classification',
  'object_detection',
  'segmentation',
  'ocr',
  'measurement',
  'quality_inspection',
  'regression',
] as const;
