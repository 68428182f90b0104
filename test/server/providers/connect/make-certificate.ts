import { createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';

const AUTHORITY = 'Test authority';

/** A certificate with its private key, PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface Authority extends Certificate {
  /** Makes a server's certificate for `name`, valid from an hour ago for `days` (negative: expired). */
  issue(name: string, days: number): Certificate;
}

/** A certificate authority of the test's own, so that no key stands in the repository. X.509 by hand: Node can only read it. */
export function createAuthority(): Authority {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const authority = { issuer: AUTHORITY, signer: keys.privateKey };
  const cert = certificate(
    { ...authority, subject: AUTHORITY, publicKey: keys.publicKey, days: 1 },
    BASIC_CA,
  );
  return {
    cert,
    key: pemOf(keys.privateKey),
    issue(name, days) {
      const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      return {
        cert: certificate({ ...authority, subject: name, publicKey: own.publicKey, days }, altName(name)),
        key: pemOf(own.privateKey),
      };
    },
  };
}

export function selfSigned(name: string): Certificate {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const itself = { subject: name, publicKey: keys.publicKey, issuer: name, signer: keys.privateKey };
  return {
    cert: certificate({ ...itself, days: 1 }, altName(name)),
    key: pemOf(keys.privateKey),
  };
}

const pemOf = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();

interface Wanted {
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly issuer: string;
  /** The issuer's private key. */
  readonly signer: KeyObject;
  readonly days: number;
}

function certificate(
  { subject, publicKey, issuer, signer, days }: Wanted,
  ...extensions: readonly Buffer[]
): string {
  const from = Date.now() + (days < 0 ? 2 * days * 86_400_000 : -3_600_000);
  const until = days < 0 ? Date.now() + days * 86_400_000 : from + days * 86_400_000;
  const tbs = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([0x4f]), randomBytes(8)])),
    sequence(ECDSA_SHA256),
    nameOf(issuer),
    sequence(time(from), time(until)),
    nameOf(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(...extensions)),
  );
  const signature = createSign('SHA256').update(tbs).sign(signer);
  const der = sequence(
    tbs,
    sequence(ECDSA_SHA256),
    tagged(0x03, Buffer.concat([Buffer.from([0]), signature])),
  );
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  if (length < 0x100) return Buffer.concat([Buffer.from([tag, 0x81, length]), content]);
  return Buffer.concat([Buffer.from([tag, 0x82, length >> 8, length & 0xff]), content]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => tagged(0x30, Buffer.concat(parts));
const integer = (bytes: Buffer): Buffer => tagged(0x02, bytes);
const octets = (bytes: Buffer): Buffer => tagged(0x04, bytes);
const oid = (hex: string): Buffer => tagged(0x06, Buffer.from(hex, 'hex'));

const ECDSA_SHA256 = oid('2a8648ce3d040302');
const COMMON_NAME = oid('550403');
const BASIC_CA = sequence(oid('551d13'), octets(sequence(Buffer.from([0x01, 0x01, 0xff]))));

const nameOf = (text: string): Buffer =>
  sequence(tagged(0x31, sequence(COMMON_NAME, tagged(0x0c, Buffer.from(text)))));
const altName = (name: string): Buffer =>
  sequence(oid('551d11'), octets(sequence(tagged(0x82, Buffer.from(name)))));
const time = (ms: number): Buffer =>
  tagged(0x18, Buffer.from(`${new Date(ms).toISOString().replaceAll(/[-:T]|\.\d+/g, '')}`));
