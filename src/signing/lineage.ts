// How a signer changes keys: each link says that a new key is the signer's too, and is signed by the old one.
import { createPublicKey, type KeyObject } from 'node:crypto';
import type { FromSchema } from 'json-schema-to-ts';
import { KitError } from '../core/kit-error.ts';
import { brokenRules } from '../schema/broken-rules.ts';
import { lazySchema } from '../schema/compile-schema.ts';
import { invalid, payloadIsSignedBy, signedBytes, strictly } from './envelope.ts';
import { envelopeSchema, signatureSchema } from './envelope-schema.ts';
import { type KeySigner, signWith } from './key-signer.ts';
import { keyId, keyProblem, spkiOf } from './keys.ts';
import { parseBase64, parseStrictJson } from './strict-json.ts';

const linkType = 'application/vnd.mvas.lineage+json' as const;
const publicKey = { type: 'string', minLength: 4, description: 'a public key: SPKI in DER, base64' } as const;

const linkSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['formatVersion', 'from', 'to'],
  properties: { formatVersion: { const: 1 }, from: publicKey, to: publicKey },
} as const;

/** JSON Schema of a lineage, oldest link first: each a DSSE envelope. */
export const lineageSchema = {
  type: 'array',
  minItems: 1,
  maxItems: 32,
  items: envelopeSchema(linkType, 1, signatureSchema),
} as const;

/** One proof that an old key vouches for a new one: a DSSE envelope. */
export interface LineageLink {
  payloadType: typeof linkType;
  payload: string;
  signatures: { keyid: string; sig: string }[];
}

/** What a link proves, as key ids. */
export interface Succession {
  readonly from: string;
  readonly to: string;
}

const checkLink = lazySchema(linkSchema);
const checkLineage = lazySchema(lineageSchema);

/**
 * Lets an old key vouch for a new one.
 *
 * @throws {@link KitError} `KEY_INVALID` for a key that may not sign, or one that would vouch for itself.
 */
export async function makeLink(old: KeySigner, to: KeyObject): Promise<LineageLink> {
  const problem = keyProblem(old.key) ?? keyProblem(to) ?? (keyId(old.key) === keyId(to) ? 'is the old and the new one' : undefined);
  if (problem !== undefined) throw new KitError('KEY_INVALID', `the key ${problem}`, { hint: 'make a new key with: mvas keygen' });
  const spki = (key: KeyObject) => spkiOf(key).toString('base64');
  const payload = Buffer.from(JSON.stringify({ formatVersion: 1, from: spki(old.key), to: spki(to) }));
  const sig = (await signWith(old, signedBytes(payload, linkType))).toString('base64');
  return { payloadType: linkType, payload: payload.toString('base64'), signatures: [{ keyid: keyId(old.key), sig }] };
}

/**
 * Reads the links of a lineage; every one must be signed by the key that it leads from.
 *
 * @throws {@link KitError} `SIGNATURE_INVALID` when one is not what it says.
 */
export function parseLineage(links: readonly LineageLink[]): Succession[] {
  return links.map(parseLink);
}

/**
 * Reads a file with a lineage.
 *
 * @throws {@link KitError} `SIGNATURE_INVALID` when it is none, or a link is not what it says.
 */
export function parseLineageFile(text: string, source: string): LineageLink[] {
  const value = strictly(source, () => parseStrictJson(text));
  const broken = brokenRules(checkLineage(value));
  if (broken !== undefined) throw invalid(`${source}: ${broken}`);
  const links = value as LineageLink[];
  parseLineage(links);
  return links;
}

/** Whether one of the keys became one of the others, step by step. */
export function leadsTo(from: readonly string[], to: readonly string[], successions: readonly Succession[]): boolean {
  const reached = new Set(from);
  // every pass reaches at least one more key, or it is the last
  for (let before = -1; before < reached.size; ) {
    before = reached.size;
    for (const step of successions) if (reached.has(step.from)) reached.add(step.to);
  }
  return to.some((id) => reached.has(id));
}

function parseLink(link: LineageLink, index: number): Succession {
  const source = `link ${index + 1} of the lineage`;
  const payload = parseBase64(link.payload);
  const [signature] = link.signatures;
  const sig = signature && parseBase64(signature.sig);
  if (payload === undefined || sig === undefined) throw invalid(`${source} holds text that is not padded standard base64`);
  const value = strictly(source, () => parseStrictJson(payload));
  const broken = brokenRules(checkLink(value));
  if (broken !== undefined) throw invalid(`${source}: ${broken}`);
  const { from, to } = value as FromSchema<typeof linkSchema>;
  const [oldKey, newKey] = [keyOf(from, source), keyOf(to, source)];
  if (signature?.keyid !== keyId(oldKey) || !payloadIsSignedBy(payload, sig, oldKey, linkType))
    throw invalid(`${source} is not signed by the key that it leads from`);
  return { from: keyId(oldKey), to: keyId(newKey) };
}

function keyOf(spki: string, source: string): KeyObject {
  const key = strictly(source, () => createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' }));
  const problem = spkiOf(key).toString('base64') === spki ? keyProblem(key) : 'is not written in the usual way';
  if (problem !== undefined) throw invalid(`a key in ${source} ${problem}`);
  return key;
}
