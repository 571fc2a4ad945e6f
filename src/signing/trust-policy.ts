// What an organisation demands of packages beyond one trusted signature: several signers, and evidence.
import { type ProfileName, profileNames } from '../core/profile-names.ts';
import { type ReportKind, reportKinds } from '../package/report-kinds.ts';
import { sha256Schema } from '../schema/sha256-schema.ts';
import { namespacePattern } from './namespace.ts';

/** JSON Schema of a list of policies. */
export const policiesSchema = {
  type: 'array',
  description: 'every policy whose namespace covers an app must be met',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['namespace'],
    properties: {
      namespace: { type: 'string', pattern: namespacePattern, description: 'a namespace such as com.acme.*' },
      signers: {
        type: 'object',
        description: 'how many of these pins must have signed; each counts once',
        additionalProperties: false,
        required: ['threshold', 'keyIds'],
        properties: {
          threshold: { type: 'integer', minimum: 1, maximum: 16 },
          keyIds: { type: 'array', minItems: 1, maxItems: 64, uniqueItems: true, items: sha256Schema },
        },
      },
      requiredReports: { type: 'array', uniqueItems: true, items: { enum: reportKinds } },
      conformanceProfile: { enum: profileNames, description: 'the mildest profile that the conformance report may be of' },
    },
  },
} as const;

/** What must be true of every package whose app id lies in a namespace. */
export interface TrustPolicy {
  readonly namespace: string;
  /** So many of these pins must have signed, an authority by somebody it gave a certificate; each counts once. */
  readonly signers?: { readonly threshold: number; readonly keyIds: readonly string[] };
  /** Passed reports, of the very libraries in the package, that it must carry. */
  readonly requiredReports?: readonly ReportKind[];
  /** The mildest profile that its conformance report, which is then required, may be of. */
  readonly conformanceProfile?: ProfileName;
}
