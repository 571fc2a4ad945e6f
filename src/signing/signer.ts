// Decides whether one signature is by somebody who is trusted for an app, at a time.
import type { KeyObject } from 'node:crypto';
import { toErrorText } from '../core/kit-error.ts';
import { type Certificate, isSelfSigned, issuerProblem, parseCertificate, signerProblem, validityProblem } from './certificates.ts';
import type { EnvelopeSignature } from './envelope.ts';
import type { Finding } from './findings.ts';
import { keyId, keyProblem } from './keys.ts';
import { covers } from './namespace.ts';
import { revokedSigner } from './revocation.ts';
import { type Pin, pinnedCertificate, pinnedKey, type Trust } from './trust-store.ts';

/** What is known of a signer. */
export interface JudgedSigner {
  /** The key to verify with; absent when neither certificate nor pin gives one. */
  readonly key?: KeyObject;
  /** Subject of the leaf certificate. */
  readonly subject?: string;
  /** Why it is not trusted; empty when it is. */
  readonly findings: readonly Finding[];
}

/** Follows the certificates of a signature to a pin. */
export function judgeSigner(signature: EnvelopeSignature, appId: string, { pins, revoked }: Trust, at: Date): JudgedSigner {
  let chain: Certificate[];
  try {
    chain = (signature.certificates ?? []).map((base64) => parseCertificate(Buffer.from(base64, 'base64')));
  } catch (error) {
    return {
      findings: [
        { code: 'SIGNATURE_INVALID', message: `a certificate of key ${short(signature.keyid)} cannot be read: ${toErrorText(error)}` },
      ],
    };
  }
  const [leaf] = chain;
  const pin = pins.find(({ kind, keyId: id }) => kind === 'key' && id === signature.keyid);
  const key = leaf?.x509.publicKey ?? (pin && pinnedKey(pin));
  if (key === undefined) {
    const withdrawn = revokedSigner(signature.keyid, [], revoked);
    return { findings: withdrawn.length > 0 ? withdrawn : [notTrusted(`key ${short(signature.keyid)} is not pinned here`)] };
  }
  const known = { key, ...(leaf === undefined ? {} : { subject: leaf.x509.subject.replaceAll('\n', ', ') }) };
  const weak = keyId(key) === signature.keyid ? keyProblem(key) : 'is not the one of its certificate';
  if (weak !== undefined) return { ...known, findings: [{ code: 'SIGNATURE_INVALID', message: `key ${short(signature.keyid)} ${weak}` }] };
  const trusted = anchor(chain, pin, pins);
  const certificates = [...chain, ...(typeof trusted === 'string' ? [] : trusted.certificates)];
  const withdrawn = revokedSigner(signature.keyid, certificates, revoked);
  if (typeof trusted !== 'string')
    return { ...known, findings: [...expiries(certificates, at), ...withdrawn, ...misuse(trusted.pin, appId)] };
  return { ...known, findings: withdrawn.length > 0 ? withdrawn : [notTrusted(`key ${short(signature.keyid)}: ${trusted}`)] };
}

interface Anchor {
  readonly pin: Pin;
  /** What the pin brings along, judged for validity as well: a signer cannot leave it out. */
  readonly certificates: readonly Certificate[];
}

/** The pin that a chain leads to, or why there is none. */
function anchor(chain: readonly Certificate[], pin: Pin | undefined, pins: readonly Pin[]): Anchor | string {
  const [leaf] = chain;
  const own = pin && pinnedCertificate(pin);
  if (leaf === undefined) return pin === undefined ? 'it is not pinned here' : { pin, certificates: own === undefined ? [] : [own] };
  const broken = signerProblem(leaf) ?? brokenLink(chain);
  if (broken !== undefined) return broken;
  if (pin !== undefined) {
    const last = chain.at(-1) ?? leaf;
    if (own?.x509.raw.equals(leaf.x509.raw) || isSelfSigned(last)) return { pin, certificates: own === undefined ? [] : [own] };
  }
  return authority(chain, pins) ?? 'neither it nor an authority above it is pinned here';
}

function brokenLink(chain: readonly Certificate[]): string | undefined {
  for (const [index, certificate] of chain.entries()) {
    const issuer = chain[index + 1];
    const problem = issuer === undefined ? undefined : issuerProblem(certificate, issuer, index);
    if (problem !== undefined) return `certificate ${index + 1} of its chain: ${problem}`;
  }
  return undefined;
}

/** A pinned authority that is in the chain or issued its last certificate. */
function authority(chain: readonly Certificate[], pins: readonly Pin[]): Anchor | undefined {
  const last = chain.at(-1);
  for (const pin of pins) {
    const ca = pin.kind === 'ca' ? pinnedCertificate(pin) : undefined;
    if (ca === undefined || last === undefined) continue;
    const inside = chain.slice(1).some(({ x509 }) => x509.raw.equals(ca.x509.raw));
    if (inside || issuerProblem(last, ca, chain.length - 1) === undefined) return { pin, certificates: [ca] };
  }
  return undefined;
}

function expiries(certificates: readonly Certificate[], at: Date): Finding[] {
  const problems = certificates.map((certificate) => validityProblem(certificate, at)).filter((problem) => problem !== undefined);
  return [...new Set(problems)].map((message) => ({ code: 'CERTIFICATE_EXPIRED', message }));
}

function misuse(pin: Pin, appId: string): Finding[] {
  if (pin.namespaces.some((namespace) => covers(namespace, appId))) return [];
  return [notTrusted(`key ${short(pin.keyId)} is trusted for ${pin.namespaces.join(', ')}, not for ${appId}`)];
}

function notTrusted(message: string): Finding {
  return { code: 'SIGNER_NOT_TRUSTED', message };
}

function short(id: string): string {
  return id.slice(0, 16);
}
