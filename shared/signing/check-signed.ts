import { hexOf, sha256 } from '../hashes/sha256.ts';
import type { FileToSign } from './model-signature.ts';
import { openSignature, signerHint, verifyFiles } from './model-signature.ts';
import type { PublicSigningKey } from './signing-key.ts';

/** One signature against the files that it should cover, and against the keys that its reader trusts. No I/O, no clock. */

/** A public signing key that a reader has, with what its source says of it. */
export interface SignerKey extends PublicSigningKey {
  /** Undefined: a PEM file says neither whose it is nor whether it was revoked. */
  readonly handle?: string;
  readonly revokedAt?: string | null;
}

/** What the reader believes before the check. */
export interface Trust {
  readonly keys: readonly SignerKey[];
  /** When it was published, as somebody other than its signer says. */
  readonly at: Date | undefined;
}

/** What calls itself signed: the signature's text and the files that are there. */
export interface Signed {
  readonly signatureFile: string;
  /** Undefined: it is not there. */
  readonly signature: string | undefined;
  /** The name that the files give themselves; undefined: they give none, and the signature's own counts. */
  readonly name: string | undefined;
  readonly files: readonly FileToSign[];
}

/** What came of a check, in sentences for whoever reads it. */
export interface SignedCheck {
  readonly notes: readonly string[];
  /** Each thing that is wrong; empty: the signature is good. */
  readonly faults: readonly string[];
  readonly signer?: SignerKey;
}

/** Never throws on what the files say: what is wrong is in `faults`. */
export async function checkSigned(signed: Signed, trust: Trust): Promise<SignedCheck> {
  const { signatureFile, signature, files } = signed;
  const bad = (fault: string): SignedCheck => ({ notes: [], faults: [fault] });
  if (signature === undefined) return bad(`${signatureFile} is missing: nobody signed this.`);
  const hint = signerHint(signature);
  if (hint === undefined) return bad(`${signatureFile} is no OpenSSF Model Signing signature.`);
  const signer = findSigner(trust.keys, hint);
  if (!signer)
    return bad(`It calls itself signed by key ${hint}, which is not among the keys that you trust.`);
  const opened = await openSignature(signature, signer);
  if (!opened.ok) return bad(`${signatureFile} ${opened.fault}.`);

  const faults = await differences(opened.files, files);
  if (faults.length === 0) {
    const whole = await verifyFiles(signature, signed.name ?? opened.name, files, signer);
    if (!whole.ok) faults.push(`${signatureFile} ${whole.fault}.`);
  }
  const revoked = revocation(signer, trust.at);
  if (revoked?.isFault) faults.push(revoked.text);
  const notes = [
    `Signed by ${signer.handle === undefined ? '' : `${signer.handle}, `}key ${signer.id}.`,
    ...(revoked && !revoked.isFault ? [revoked.text] : []),
    `Files signed: ${[...opened.files.keys()].join(', ')}`,
  ];
  return { notes, faults, signer };
}

/** The same signing key may be given more than once. What any of the files knows of it counts, and the earliest revocation wins. */
function findSigner(keys: readonly SignerKey[], id: string): SignerKey | undefined {
  const same = keys.filter((key) => key.id === id);
  const revokedAt = ({ revokedAt: date }: SignerKey) => (date ? Date.parse(date) : Number.POSITIVE_INFINITY);
  const revoked = same.filter((key) => key.revokedAt).sort((a, b) => revokedAt(a) - revokedAt(b));
  return revoked[0] ?? same.find(({ handle }) => handle !== undefined) ?? same[0];
}

async function differences(
  signed: ReadonlyMap<string, string>,
  files: readonly FileToSign[],
): Promise<string[]> {
  const given = new Map(
    await Promise.all(files.map(async ({ path, bytes }) => [path, hexOf(await sha256(bytes))] as const)),
  );
  const paths = [...new Set([...signed.keys(), ...given.keys()])].sort();
  return paths.flatMap((path) => {
    if (!given.has(path)) return [`missing: ${path}`];
    if (!signed.has(path)) return [`extra: ${path} is not signed`];
    return signed.get(path) === given.get(path) ? [] : [`changed: ${path}`];
  });
}

/**
 * A signature holds no date that can be trusted: whoever steals a signing key writes any date into what they sign. So the reader must bring
 * it.
 */
function revocation(
  { revokedAt, handle }: SignerKey,
  at: Date | undefined,
): { readonly text: string; readonly isFault: boolean } | undefined {
  if (handle === undefined)
    return { text: 'A PEM file does not say whether its key was revoked.', isFault: false };
  if (!revokedAt) return undefined;
  const text = `The signing key was revoked at ${revokedAt}`;
  if (at === undefined)
    return {
      text: `${text}, and a signature holds no date. Give the one at which the registry published this with --at.`,
      isFault: true,
    };
  const isFault = at >= new Date(revokedAt);
  return { text: `${text}, ${isFault ? 'not after' : 'after'} ${at.toISOString()}.`, isFault };
}
