// Reads what a certificate says about its use; node:crypto verifies signatures but does not tell this.
import { type DerElement, derBoolean, derElement, derElements, derOid, derSmallInteger, derTag, MalformedDer, withTag } from './der.ts';

/** What a certificate may be used for. */
export interface CertificateUse {
  readonly ca: boolean;
  /** Most intermediate certificates below it; undefined = any number. */
  readonly pathLength?: number;
  /** Absent when the certificate has no keyUsage. */
  readonly keyUsage?: { readonly digitalSignature: boolean; readonly keyCertSign: boolean };
  /** Object identifiers of the extended key usage; absent when the certificate has none. */
  readonly extendedKeyUsage?: readonly string[];
  /** Whether the extended key usage binds everybody, not only those who know it. */
  readonly extendedKeyUsageIsCritical: boolean;
}

/** Object identifiers of an extended key usage. */
export const codeSigning = '1.3.6.1.5.5.7.3.3';
export const timeStamping = '1.3.6.1.5.5.7.3.8';

const known = { basicConstraints: '2.5.29.19', keyUsage: '2.5.29.15', extendedKeyUsage: '2.5.29.37' } as const;

/** Critical extensions that narrow nothing the kit decides by. */
const harmless = new Set(['2.5.29.14', '2.5.29.35', '2.5.29.17']);

/**
 * Reads the extensions of an X.509 certificate in DER.
 *
 * @throws MalformedDer when the certificate is no strict DER, repeats an extension, or has a critical one that is not understood.
 */
export function readCertificateUse(der: Buffer): CertificateUse {
  const [toBeSigned] = derElements(derElement(der, derTag.sequence).content);
  const fields = derElements(withTag(toBeSigned, derTag.sequence).content);
  const wrapped = fields.find(({ tag }) => tag === 0xa3);
  const extensions = wrapped === undefined ? [] : derElements(derElement(wrapped.content, derTag.sequence).content);
  const values = new Map<string, Buffer>();
  let extendedKeyUsageIsCritical = false;
  for (const extension of extensions) {
    const { id, critical, value } = parseExtension(extension);
    if (values.has(id)) throw new MalformedDer(`extension ${id} twice`);
    if (critical && !Object.values<string>(known).includes(id) && !harmless.has(id))
      throw new MalformedDer(`unknown critical extension ${id}`);
    values.set(id, value);
    extendedKeyUsageIsCritical ||= critical && id === known.extendedKeyUsage;
  }
  return {
    ...basicConstraints(values.get(known.basicConstraints)),
    ...keyUsage(values.get(known.keyUsage)),
    ...extendedKeyUsage(values.get(known.extendedKeyUsage)),
    extendedKeyUsageIsCritical,
  };
}

function parseExtension(extension: DerElement): { id: string; critical: boolean; value: Buffer } {
  const parts = derElements(withTag(extension, derTag.sequence).content);
  const [first, second] = parts;
  if (first === undefined || parts.length < 2 || parts.length > 3) throw new MalformedDer('extension of another shape');
  const critical = parts.length === 3 && second !== undefined && derBoolean(second);
  return { id: derOid(first), critical, value: withTag(parts.at(-1), derTag.octetString).content };
}

function basicConstraints(value: Buffer | undefined): Pick<CertificateUse, 'ca' | 'pathLength'> {
  if (value === undefined) return { ca: false };
  const [flag, length, ...rest] = derElements(derElement(value, derTag.sequence).content);
  if (rest.length > 0) throw new MalformedDer('basicConstraints of another shape');
  const ca = flag !== undefined && derBoolean(flag);
  return length === undefined ? { ca } : { ca, pathLength: derSmallInteger(length) };
}

function keyUsage(value: Buffer | undefined): Pick<CertificateUse, 'keyUsage'> {
  if (value === undefined) return {};
  const [unused, bits = 0] = derElement(value, derTag.bitString).content;
  if (unused === undefined || unused > 7) throw new MalformedDer('keyUsage of another shape');
  return { keyUsage: { digitalSignature: (bits & 0x80) !== 0, keyCertSign: (bits & 0x04) !== 0 } };
}

function extendedKeyUsage(value: Buffer | undefined): Pick<CertificateUse, 'extendedKeyUsage'> {
  if (value === undefined) return {};
  return { extendedKeyUsage: derElements(derElement(value, derTag.sequence).content).map(derOid) };
}
