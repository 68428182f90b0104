import { beforeEach, expect, test } from 'vitest';
import { receiveKey } from '../../../server/byo/receive-key.ts';
import { createSealingKeys, SEALING_PERIOD_MS } from '../../../server/sealing/sealing-keys.ts';
import type { ServerConfig } from '../../../shared/contract/server-config.ts';
import { vendorById } from '../../../shared/providers/catalogue.ts';
import { bodyDigest } from '../../../shared/sealing/seal-format.ts';
import { turnKey } from '../../../shared/sealing/turn-key.ts';
import { makeCanary } from '../../leak/canary.ts';

let time = 0;
const wallClock = (): number => time;
const { key: text } = makeCanary();
const body = '{"goal":"x","provider":"anthropic"}';
const run = 'r'.repeat(22);

beforeEach(() => {
  time = 1_800_000_000_000;
});

function requireVendor(id: string) {
  const vendor = vendorById(id);
  if (!vendor) throw new Error(`the catalogue has no ${id}`);
  return vendor;
}

async function seal(
  options: {
    body?: string;
    provider?: string;
    run?: string;
    serverNow?: number;
    site?: string;
    key?: string;
    server?: string;
  } = {},
) {
  const sealing = createSealingKeys({ now: wallClock });
  const named = options.server === undefined ? {} : { server: options.server };
  const config = {
    sealing: { ...(await sealing.current()), ...named },
    providers: [] as ServerConfig['providers'],
  } as ServerConfig; // as: turnKey reads these two
  const turned = await turnKey(() => options.key ?? text, {
    config,
    provider: options.provider ?? 'anthropic',
    site: options.site,
    runId: options.run ?? run,
    body: options.body ?? body,
    serverNow: options.serverNow ?? time,
  });
  if (!turned.ok) throw new Error(turned.failure.message);
  return { header: turned.header, sealing };
}

async function receive(
  header: string | undefined,
  options: {
    sealing?: ReturnType<typeof createSealingKeys>;
    vendor?: string;
    body?: string;
    run?: string;
    requireSealed?: boolean;
    site?: string;
  } = {},
) {
  const vendor = requireVendor(options.vendor ?? 'anthropic');
  const context = {
    provider: vendor.id,
    site: options.site ?? '',
    runId: options.run ?? run,
    bodyDigest: await bodyDigest(new TextEncoder().encode(options.body ?? body)),
  };
  return receiveKey(header, vendor, context, {
    sealing: options.sealing ?? createSealingKeys({ now: wallClock }),
    requireSealed: options.requireSealed ?? false,
    wallClock,
  });
}

function read(result: Awaited<ReturnType<typeof receive>>): string {
  if (!result.ok) return result.failure.code;
  const bytes = Buffer.alloc(result.key.byteLength);
  result.key.copyInto(bytes, 0);
  return bytes.toString();
}

test('opens what the page sealed', async () => {
  const { header, sealing } = await seal();
  expect(header).not.toContain(text.slice(0, 12));
  expect(read(await receive(header, { sealing }))).toBe(text);
});

test.each([
  ['another body', { body: '{"goal":"y","provider":"anthropic"}' }],
  ['another run', { run: 's'.repeat(22) }],
  ['another site', { site: 'eu-west-1' }],
  ['another provider', { vendor: 'openai' }],
])('a captured seal opens for no %s', async (_, other) => {
  const { header, sealing } = await seal();
  expect(await receive(header, { sealing, ...other })).toMatchObject({
    ok: false,
    failure: { code: 'key_malformed', reason: 'seal_stale' },
  });
});

test('opens at no other server', async () => {
  const { header } = await seal();
  expect(await receive(header)).toMatchObject({ ok: false, failure: { reason: 'seal_stale' } });
});

test('does not open when it was made for a server of another name', async () => {
  const { header, sealing } = await seal({ server: 'another' });
  expect(await receive(header, { sealing })).toMatchObject({ ok: false, failure: { reason: 'seal_stale' } });
});

test.each([61_000, -61_000, SEALING_PERIOD_MS * 3])('does not open %i ms later', async (ms) => {
  const { header, sealing } = await seal();
  time += ms;
  expect(await receive(header, { sealing })).toMatchObject({ ok: false, failure: { reason: 'seal_stale' } });
});

test('any changed character closes it', async () => {
  const { header, sealing } = await seal();
  const from = header.indexOf('.') + 1;
  for (let at = from; at < header.length; at += 7) {
    const other = header[at] === 'A' ? 'B' : 'A';
    const result = await receive(header.slice(0, at) + other + header.slice(at + 1), { sealing });
    expect(result.ok, `character ${at}`).toBe(false);
  }
});

test('checks the shape of what it opened, and says nothing of it', async () => {
  const sealing = createSealingKeys({ now: wallClock });
  const config = {
    sealing: await sealing.current(),
    providers: [{ id: 'anthropic', name: 'x' }],
  } as unknown as ServerConfig; // as: turnKey reads these two
  const turned = await turnKey(() => 'sk-proj-1234567890', {
    config,
    provider: 'anthropic',
    runId: run,
    body,
    serverNow: time,
  });
  expect(turned).toMatchObject({ ok: false, failure: { reason: 'wrong_provider' } });
  const plain = await receive('sk-proj-1234567890');
  expect(plain).toMatchObject({ ok: false, failure: { code: 'key_malformed', reason: 'wrong_provider' } });
  expect(JSON.stringify(plain)).not.toContain('1234567890');
});

test('takes a plain header, unless sealed ones are required', async () => {
  expect(read(await receive(text))).toBe(text);
  expect(read(await receive(text, { requireSealed: true }))).toBe('key_malformed');
});

test('a missing key is asked for; the sandbox takes none', async () => {
  expect(read(await receive(undefined))).toBe('key_missing');
  expect(read(await receive(undefined, { vendor: 'sandbox' }))).toBe('');
  expect(read(await receive(text, { vendor: 'sandbox' }))).toBe('invalid_request');
});

test('a request that the process before this one took is not taken again', async () => {
  const secret = 's'.repeat(32);
  const before = createSealingKeys({ secret, now: wallClock });
  const config = {
    sealing: await before.current(),
    providers: [] as ServerConfig['providers'],
  } as ServerConfig; // as: turnKey reads these two
  const sealed = (): ReturnType<typeof turnKey> =>
    turnKey(() => text, { config, provider: 'anthropic', runId: run, body, serverNow: time });
  const captured = await sealed();
  if (!captured.ok) throw new Error(captured.failure.message);
  expect(read(await receive(captured.header, { sealing: before }))).toBe(text);

  time += 1000;
  const restarted = createSealingKeys({ secret, now: wallClock });
  expect(await receive(captured.header, { sealing: restarted })).toMatchObject({
    ok: false,
    failure: { reason: 'seal_stale' },
  });
  const fresh = await sealed();
  expect(fresh.ok && read(await receive(fresh.header, { sealing: restarted }))).toBe(text);
});
