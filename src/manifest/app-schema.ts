// The part of the manifest's schema that says what the app is and who sells it.
import { appIdMaxLength, appIdPattern } from '../core/app-id.ts';
import { categories, packagePath, text, url } from './schema-parts.ts';

const author = {
  description: 'who made it; a plain string is read as the name',
  type: ['object', 'string'],
  additionalProperties: false,
  required: ['name'],
  properties: { name: text, email: { type: 'string', format: 'email', description: 'an e-mail address' }, website: url, url },
} as const;

export const appSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'name', 'version'],
  properties: {
    id: {
      type: 'string',
      maxLength: appIdMaxLength,
      pattern: appIdPattern,
      description: 'a reverse domain name in lower case such as com.acme.bottle-cap',
    },
    name: text,
    version: {
      type: 'string',
      pattern: '^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(-[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?(\\+[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?$',
      description: 'a semantic version such as 2.1.0',
    },
    version_code: { type: 'integer', minimum: 0, description: 'a number that grows with every release' },
    description: { type: 'string' },
    author,
    license: text,
    category: { enum: categories },
    tags: { type: 'array', items: text },
    icon: packagePath,
    preview_images: { type: 'array', items: packagePath },
    documentation: { ...text, description: 'a path inside the package or a URL' },
    created: { type: 'string', format: 'date-time', description: 'an ISO 8601 date and time' },
    updated: { type: 'string', format: 'date-time', description: 'an ISO 8601 date and time' },
  },
} as const;

const price = { type: 'number', minimum: 0 } as const;

export const marketplaceSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    pricing: { enum: ['free', 'one_time', 'subscription', 'per_inference'] },
    price: { enum: ['free'] },
    price_usd: price,
    price_monthly_usd: price,
    period: { enum: ['month', 'year'] },
    trial_days: { type: 'integer', minimum: 0 },
    support_url: url,
    documentation_url: url,
    video_tutorial: url,
  },
} as const;
