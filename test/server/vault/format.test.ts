import { spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { ProviderKey } from '../../../server/keys/provider-key.ts';
import { type KeyBinding, openKey, sealKey } from '../../../server/vault/format/sealed-key.ts';
import {
  type Mac,
  type Random,
  unwrapWorkspaceSecret,
  type Wrapping,
  wrapWorkspaceSecret,
} from '../../../server/vault/format/workspace-secret.ts';

/** The vectors of format 1: a change to the code that changes them loses every stored key. */
const PLAIN = 'sk-ant-api03-example-key-0000';
const mac: Mac = async (context) => createHmac('sha256', Buffer.alloc(32, 0x11)).update(context).digest();
const WRAPPING: Wrapping = { rootId: 'r1', workspaceId: 'ws-1', generation: 1 };
const BINDING: KeyBinding = {
  ...{ workspaceId: 'ws-1', generation: 1, keyId: 'k-1', version: 1, provider: 'anthropic', site: '' },
  ...{ scope: 'workspace', scopeId: '', owner: 'u-1' },
};

function countingUp(): Random {
  let next = 0;
  return (target) => {
    for (let i = 0; i < target.length; i++) target[i] = next++;
  };
}

const secret = (): Buffer => Buffer.alloc(32, 0x22);

function open(sealed: Buffer, binding = BINDING, from = secret()): string {
  const opened = openKey(sealed, from, binding);
  if (!opened.ok) return opened.fault;
  const text = Buffer.alloc(opened.key.byteLength);
  opened.key.copyInto(text, 0);
  opened.key.wipe();
  return text.toString('latin1');
}

const sealedVector = (): Buffer =>
  sealKey(new ProviderKey(Buffer.from(PLAIN)), secret(), BINDING, countingUp());

it('wraps a workspace’s secret as the vector says, and takes it back', async () => {
  const wrapped = await wrapWorkspaceSecret(secret(), WRAPPING, mac, countingUp());
  expect(wrapped).toHaveLength(93);
  expect(wrapped.toString('hex')).toMatch(/2deeb0e4bf4281fd0c90171dcc$/);
  expect(await unwrapWorkspaceSecret(wrapped, WRAPPING, mac)).toEqual(secret());
});

it('seals a key as the vector says, and opens it', () => {
  expect(sealedVector().toString('hex')).toMatch(/59982737642aa40a755d0912b054$/);
  expect(open(sealedVector())).toBe(PLAIN);
});

it('opens keys of every length up to the longest', () => {
  for (const length of [8, 14, 15, 16, 30, 39, 52, 77, 164, 4096]) {
    const text = `${'k'.repeat(length - 1)}z`;
    expect(open(sealKey(new ProviderKey(Buffer.from(text)), secret(), BINDING))).toBe(text);
  }
});

it('never makes the same bytes twice', () => {
  const one = (): string => sealKey(new ProviderKey(Buffer.from(PLAIN)), secret(), BINDING).toString('hex');
  expect(one()).not.toBe(one());
});

it('refuses a sealed key of which any bit was changed, or that was cut or lengthened', () => {
  const sealed = sealedVector();
  for (let bit = 0; bit < sealed.length * 8; bit += 1) {
    const changed = Buffer.from(sealed);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(['no_format', 'other_secret', 'changed']).toContain(open(changed));
  }
  for (let length = 0; length < sealed.length; length += 1)
    expect(open(sealed.subarray(0, length))).not.toBe(PLAIN);
  expect(open(Buffer.concat([sealed, Buffer.of(0)]))).toBe('changed');
});

it('refuses a sealed key in another row, and under another secret', () => {
  for (const other of [
    { workspaceId: 'ws-2' },
    { generation: 2 },
    { keyId: 'k-2' },
    { version: 2 },
    { provider: 'openai' },
    { site: 'eu' },
    { scope: 'project' },
    { scopeId: 'p-1' },
    { owner: 'u-2' },
    // what stands at a field's border cannot move over it
    { provider: 'anthropi', site: 'c' },
  ])
    expect(open(sealedVector(), { ...BINDING, ...other })).toBe('other_secret');
  expect(open(sealedVector(), BINDING, Buffer.alloc(32, 0x23))).toBe('other_secret');
});

it('refuses a wrapped secret that was changed, moved or is of another root', async () => {
  const wrapped = await wrapWorkspaceSecret(secret(), WRAPPING, mac, countingUp());
  for (let at = 0; at < wrapped.length; at += 1) {
    const changed = Buffer.from(wrapped);
    changed[at] = (changed[at] ?? 0) ^ 0x10;
    expect(await unwrapWorkspaceSecret(changed, WRAPPING, mac)).toBeUndefined();
  }
  for (const other of [{ rootId: 'r2' }, { workspaceId: 'ws-2' }, { generation: 2 }])
    expect(await unwrapWorkspaceSecret(wrapped, { ...WRAPPING, ...other }, mac)).toBeUndefined();
  const otherMac: Mac = async (context) => createHmac('sha256', 'another').update(context).digest();
  expect(await unwrapWorkspaceSecret(wrapped, WRAPPING, otherMac)).toBeUndefined();
  expect(await unwrapWorkspaceSecret(wrapped.subarray(0, 92), WRAPPING, mac)).toBeUndefined();
});

const PYTHON = `
import sys, json, hmac, hashlib
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.hashes import SHA256
def enc(*fields):
    parts = [f if isinstance(f, bytes) else str(f).encode() for f in fields]
    return b"".join(len(p).to_bytes(2, "big") + p for p in parts)
given = json.load(sys.stdin)
wrapped, sealed, root = (bytes.fromhex(given[n]) for n in ("wrapped", "sealed", "root"))
salt = wrapped[1:33]
mac = hmac.new(root, enc("oneturn vault 1 root", "r1", "ws-1", 1, salt), hashlib.sha256).digest()
wrap = HKDF(SHA256(), 32, salt, enc("oneturn vault 1 wrap")).derive(mac)
secret = AESGCM(wrap).decrypt(wrapped[33:45], wrapped[45:], enc("oneturn vault 1 wrap", 1, "r1", "ws-1", 1))
bound = enc("oneturn vault 1 item", 1, "ws-1", 1, "k-1", 1, "anthropic", "", "workspace", "", "u-1")
both = HKDF(SHA256(), 64, sealed[1:33], bound).derive(secret)
assert both[32:] == sealed[33:65]
print(AESGCM(both[:32]).decrypt(sealed[65:77], sealed[77:], bound).decode(), end="")
`;
const hasPython = spawnSync('python3', ['-c', 'import cryptography']).status === 0;

it.skipIf(!hasPython)(
  'is read by another implementation (skipped without python3-cryptography)',
  async () => {
    const wrapped = await wrapWorkspaceSecret(secret(), WRAPPING, mac);
    const sealed = sealKey(new ProviderKey(Buffer.from(PLAIN)), secret(), BINDING);
    const input = JSON.stringify({
      wrapped: wrapped.toString('hex'),
      sealed: sealed.toString('hex'),
      root: Buffer.alloc(32, 0x11).toString('hex'),
    });
    const read = spawnSync('python3', ['-c', PYTHON], { input, encoding: 'utf8' });
    expect(read.stderr).toBe('');
    expect(read.stdout).toBe(PLAIN);
  },
);
