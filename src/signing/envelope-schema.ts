// JSON Schema of a DSSE envelope; who puts what into one says how many may sign it, and what a signature holds.
import { sha256Schema } from '../schema/sha256-schema.ts';

/** JSON Schema of a signature: whose it is, and its bytes in base64. */
export const signatureSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['keyid', 'sig'],
  properties: { keyid: sha256Schema, sig: { type: 'string', minLength: 4 } },
} as const;

/** JSON Schema of an envelope around a payload of one type, with one signature up to so many. */
export function envelopeSchema<Type extends string, Signature extends object>(payloadType: Type, maxItems: number, signature: Signature) {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['payloadType', 'payload', 'signatures'],
    properties: {
      payloadType: { const: payloadType },
      payload: { type: 'string', minLength: 4 },
      signatures: { type: 'array', minItems: 1, maxItems, items: signature },
    },
  } as const;
}
