// Reads signed data of CMS (RFC 5652), as much of it as a timestamp token is: one signer, signed attributes, content inside.
import { createHash, type KeyObject, verify } from 'node:crypto';
import { type DerElement, derBytes, derElement, derElements, derOid, derTag, MalformedDer, withTag } from './der.ts';

/** What a token holds, before anything of it is believed. */
export interface SignedData {
  readonly contentType: string;
  readonly content: Buffer;
  /** Certificates in DER, in no order that means anything. */
  readonly certificates: readonly Buffer[];
  readonly signer: SignerInfo;
}

interface SignerInfo {
  /** Issuer and serial number of the certificate, as they stand there; undefined when it is named by its key instead. */
  readonly issuerAndSerial?: Buffer;
  readonly digest: string;
  readonly algorithm: SignatureAlgorithm;
  /** Value of each signed attribute by object identifier. */
  readonly attributes: ReadonlyMap<string, DerElement>;
  /** What was signed: the attributes as a set. */
  readonly signedBytes: Buffer;
  readonly signature: Buffer;
}

interface SignatureAlgorithm {
  readonly keyType: string;
  /** Digest that the algorithm fixes; undefined = that of the signer. */
  readonly digest?: string;
}

const signedDataType = '1.2.840.113549.1.7.2';
const attribute = { contentType: '1.2.840.113549.1.9.3', messageDigest: '1.2.840.113549.1.9.4' } as const;

const digests: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

const signatureAlgorithms: Readonly<Record<string, SignatureAlgorithm>> = {
  '1.2.840.113549.1.1.1': { keyType: 'rsa' },
  '1.2.840.113549.1.1.11': { keyType: 'rsa', digest: 'sha256' },
  '1.2.840.113549.1.1.12': { keyType: 'rsa', digest: 'sha384' },
  '1.2.840.113549.1.1.13': { keyType: 'rsa', digest: 'sha512' },
  '1.2.840.10045.4.3.2': { keyType: 'ec', digest: 'sha256' },
  '1.2.840.10045.4.3.3': { keyType: 'ec', digest: 'sha384' },
  '1.2.840.10045.4.3.4': { keyType: 'ec', digest: 'sha512' },
  '1.3.101.112': { keyType: 'ed25519', digest: 'sha512' },
};

const [context0, context1] = [0xa0, 0xa1];

/**
 * Reads signed data.
 *
 * @throws MalformedDer for anything but strict DER with one signer that signs attributes.
 */
export function readSignedData(der: Buffer): SignedData {
  const [type, wrapped, ...more] = derElements(derElement(der, derTag.sequence).content);
  if (type === undefined || derOid(type) !== signedDataType || more.length > 0) throw new MalformedDer('no signed data');
  const fields = derElements(derElement(withTag(wrapped, context0).content, derTag.sequence).content);
  const [version, hashes, content, ...rest] = fields;
  withTag(version, derTag.integer);
  withTag(hashes, derTag.set);
  const certificates = rest[0]?.tag === context0 ? derElements(rest[0].content) : [];
  const signers = rest.filter(({ tag }) => tag !== context0 && tag !== context1);
  if (rest.length - signers.length > 2 || rest.at(-1) !== signers[0]) throw new MalformedDer('signed data of another shape');
  const [signer, ...others] = derElements(withTag(signers[0], derTag.set).content);
  if (others.length > 0) throw new MalformedDer('several signers');
  return {
    ...encapsulated(content),
    certificates: certificates.filter(({ tag }) => tag === derTag.sequence).map(({ bytes }) => bytes),
    signer: readSigner(withTag(signer, derTag.sequence)),
  };
}

/** Digest that an AlgorithmIdentifier names: SHA-256 or longer. */
export function digestName(element: DerElement | undefined): string {
  const id = algorithmId(element);
  const name = digests[id];
  if (name === undefined) throw new MalformedDer(`digest ${id}, which is none of SHA-256, SHA-384, SHA-512`);
  return name;
}

/** Why the content is not signed by that key, as a clause, or undefined. */
export function signedDataProblem({ contentType, content, signer }: SignedData, key: KeyObject): string | undefined {
  const said = signer.attributes.get(attribute.contentType);
  const digest = signer.attributes.get(attribute.messageDigest);
  if (said === undefined || derOid(said) !== contentType) return 'its signed content type is another one';
  if (digest === undefined || !withTag(digest, derTag.octetString).content.equals(hash(signer.digest, content)))
    return 'its content is not the one that was signed';
  const { keyType, digest: fixed = signer.digest } = signer.algorithm;
  if (key.asymmetricKeyType !== keyType) return `its signature is not one of a key of type ${key.asymmetricKeyType}`;
  const isRight = verify(keyType === 'ed25519' ? null : fixed, signer.signedBytes, key, signer.signature);
  return isRight ? undefined : 'its signature is not that of its certificate';
}

function encapsulated(element: DerElement | undefined): Pick<SignedData, 'contentType' | 'content'> {
  const [type, wrapped, ...more] = derElements(withTag(element, derTag.sequence).content);
  if (type === undefined || more.length > 0) throw new MalformedDer('content of another shape');
  return { contentType: derOid(type), content: derElement(withTag(wrapped, context0).content, derTag.octetString).content };
}

function readSigner(element: DerElement): SignerInfo {
  const [version, sid, digest, attributes, algorithm, signature, ...unsigned] = derElements(element.content);
  withTag(version, derTag.integer);
  if (unsigned.length > 1 || unsigned.some(({ tag }) => tag !== context1)) throw new MalformedDer('signer of another shape');
  const id = algorithmId(algorithm);
  const known = signatureAlgorithms[id];
  if (known === undefined) throw new MalformedDer(`signature algorithm ${id}, which is none that the kit takes`);
  const signed = withTag(attributes, context0);
  return {
    ...(sid?.tag === derTag.sequence ? { issuerAndSerial: sid.content } : {}),
    digest: digestName(digest),
    algorithm: known,
    attributes: readAttributes(signed),
    signedBytes: derBytes(derTag.set, signed.content),
    signature: withTag(signature, derTag.octetString).content,
  };
}

function readAttributes(set: DerElement): Map<string, DerElement> {
  const found = new Map<string, DerElement>();
  for (const element of derElements(set.content)) {
    const [type, values, ...more] = derElements(withTag(element, derTag.sequence).content);
    if (type === undefined || more.length > 0) throw new MalformedDer('attribute of another shape');
    const id = derOid(type);
    if (found.has(id)) throw new MalformedDer(`attribute ${id} twice`);
    const [value, ...others] = derElements(withTag(values, derTag.set).content);
    if (value === undefined || others.length > 0) throw new MalformedDer(`attribute ${id} without exactly one value`);
    found.set(id, value);
  }
  return found;
}

function algorithmId(element: DerElement | undefined): string {
  const [id] = derElements(withTag(element, derTag.sequence).content);
  if (id === undefined) throw new MalformedDer('algorithm without a name');
  return derOid(id);
}

function hash(name: string, bytes: Buffer): Buffer {
  return createHash(name).update(bytes).digest();
}
