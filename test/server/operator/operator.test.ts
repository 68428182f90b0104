import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError } from '../../../server/config/config.ts';
import type { HostedSettings } from '../../../server/config/hosted-settings.ts';
import type { PayableJob, Payment } from '../../../server/hosted/payer.ts';
import { createOperator, type Operator } from '../../../server/operator/operator.ts';
import { createConnector } from '../../../server/providers/connect/safe-connect.ts';
import { RateLimiter } from '../../../server/providers/rate-limiter.ts';
import { VENDORS } from '../../../shared/providers/catalogue.ts';
import { settingsOf } from '../hosted/hosted-app.ts';

const dir = mkdtempSync(join(tmpdir(), 'oneturn-operator-'));
afterAll(() => rmSync(dir, { recursive: true }));

const KEY = 'sk-ant-api03-operator-canary';

function operatorOf(given: Partial<Record<keyof HostedSettings, string>>): Operator {
  return createOperator({
    vendors: VENDORS,
    connector: createConnector({ reachOf: () => undefined }),
    settings: settingsOf(given),
  });
}

const OWNER = { userId: 'u', workspaceId: 'w' };
const ANYTHING = { provider: undefined, site: undefined };

function job(provider: string, model: string): PayableJob {
  return {
    ...{ id: 'j', owner: OWNER, handle: 'ann', requestId: null, attempt: 1, request: {} },
    ...{ provider, site: undefined, model, credentials: 'operator' },
  };
}

async function paid(operator: Operator, provider: string, model: string): Promise<Payment> {
  const result = await operator.payer.for(job(provider, model));
  if (!result.ok) throw new Error(`the operator does not pay: ${result.failure.message}`);
  return result.value;
}

function keyFile(text: string, mode: number): string {
  const file = join(dir, `key-${mode.toString(8)}-${text.length}`);
  writeFileSync(file, text);
  chmodSync(file, mode);
  return file;
}

describe('the operator', () => {
  it('is the sandbox when nothing is configured, and says so', async () => {
    const operator = operatorOf({});
    expect(operator.offer).toEqual({ provider: 'sandbox', models: ['sandbox-1'], sandbox: true });
    expect(await operator.payer.quote(OWNER, { ...ANYTHING, model: undefined, goalChars: 100 })).toEqual({
      ok: true,
      value: { provider: 'sandbox', model: 'sandbox-1', credentials: 'none', reserveUsd: 0 },
    });
    expect(await paid(operator, 'sandbox', 'sandbox-1')).toMatchObject({ charges: 'none' });
    await operator.close();
  });

  it('takes the key from a file that only its owner reads, and attaches it for its provider alone', async () => {
    const operator = operatorOf({
      HOSTED_PROVIDER: 'anthropic',
      HOSTED_MODELS: 'claude-sonnet-5',
      HOSTED_KEY_FILE: keyFile(`${KEY}\n`, 0o600),
    });
    expect(operator.offer).toEqual({ provider: 'anthropic', models: ['claude-sonnet-5'], sandbox: false });
    expect(await paid(operator, 'anthropic', 'claude-sonnet-5')).toMatchObject({
      charges: 'operator',
      upstream: { origin: 'https://api.anthropic.com', authorization: KEY },
    });
    const quoted = await operator.payer.quote(OWNER, {
      ...ANYTHING,
      model: 'claude-sonnet-5',
      goalChars: 100,
    });
    expect(quoted.ok && quoted.value.reserveUsd).toBeGreaterThan(0.01);
    await operator.close();
  });

  it('has one limiter for each model, which all runs on its key share', async () => {
    const models = ['claude-sonnet-5', 'claude-opus-4-8'];
    const operator = operatorOf({
      HOSTED_PROVIDER: 'anthropic',
      HOSTED_KEY: KEY,
      HOSTED_MODELS: models.join(','),
    });
    const limiters = [];
    for (const model of [...models, ...models])
      limiters.push((await paid(operator, 'anthropic', model)).upstream.limiter?.(model));
    expect(limiters[0]).toBeInstanceOf(RateLimiter);
    expect(limiters[2]).toBe(limiters[0]);
    expect(limiters[1]).not.toBe(limiters[0]);
    await operator.close();
  });

  it('pays for what it offers now, and for nothing that was queued on an earlier offer', async () => {
    const operator = operatorOf({
      HOSTED_PROVIDER: 'anthropic',
      HOSTED_KEY: KEY,
      HOSTED_MODELS: 'claude-sonnet-5',
    });
    expect(
      await operator.payer.quote(OWNER, { ...ANYTHING, model: 'claude-opus-4-8', goalChars: 1 }),
    ).toMatchObject({
      ok: false,
      failure: { code: 'invalid_field', field: 'model' },
    });
    for (const [provider, model] of [
      ['sandbox', 'sandbox-1'],
      ['openai', 'claude-sonnet-5'],
      ['anthropic', 'claude-opus-4-8'],
    ] as const) {
      expect(await operator.payer.for(job(provider, model))).toMatchObject({
        ok: false,
        failure: { code: 'unavailable' },
      });
    }
    await operator.close();
  });

  it('refuses to start with a sentence that names the setting, never the key', () => {
    const cases: [Partial<Record<keyof HostedSettings, string>>, string][] = [
      [{ HOSTED_PROVIDER: 'nobody' }, 'HOSTED_PROVIDER'],
      [{ HOSTED_PROVIDER: 'anthropic' }, 'HOSTED_KEY_FILE'],
      [{ HOSTED_PROVIDER: 'anthropic', HOSTED_KEY_FILE: keyFile(KEY, 0o644) }, 'chmod 600'],
      [{ HOSTED_PROVIDER: 'anthropic', HOSTED_KEY_FILE: keyFile(KEY, 0o640) }, 'chmod 600'],
      [
        { HOSTED_PROVIDER: 'anthropic', HOSTED_KEY_FILE: keyFile(`${KEY}\nsecond line`, 0o600) },
        'HOSTED_KEY_FILE',
      ],
      [{ HOSTED_PROVIDER: 'anthropic', HOSTED_KEY_FILE: join(dir, 'absent') }, 'HOSTED_KEY_FILE'],
      [{ HOSTED_PROVIDER: 'anthropic', HOSTED_KEY_FILE: keyFile(KEY, 0o600), HOSTED_KEY: KEY }, 'both'],
      [{ HOSTED_PROVIDER: 'anthropic', HOSTED_KEY: `${KEY} ` }, 'HOSTED_KEY'],
      [{ HOSTED_PROVIDER: 'anthropic', HOSTED_KEY: KEY, HOSTED_SITE: 'x' }, 'HOSTED_SITE'],
      [{ HOSTED_PROVIDER: 'azure', HOSTED_KEY: KEY, HOSTED_SITE: 'evil.example/' }, 'HOSTED_SITE'],
      [
        { HOSTED_PROVIDER: 'anthropic', HOSTED_KEY: KEY, HOSTED_MODELS: 'claude-unheard-of' },
        'HOSTED_PRICE_USD',
      ],
      [{ HOSTED_KEY: KEY }, 'HOSTED_PROVIDER'],
    ];
    for (const [given, says] of cases) {
      const attempt = () => operatorOf(given);
      expect(attempt).toThrow(ConfigError);
      expect(attempt).toThrow(says);
      expect(attempt).not.toThrow('canary');
    }
  });

  it('counts a model that no table knows by the configured price', async () => {
    const operator = operatorOf({
      HOSTED_PROVIDER: 'anthropic',
      HOSTED_KEY: KEY,
      HOSTED_MODELS: 'claude-unheard-of',
      HOSTED_PRICE_USD: '3/15',
    });
    const { priceUsd } = await paid(operator, 'anthropic', 'claude-unheard-of');
    expect(priceUsd({ inputTokens: 1_000_000, outputTokens: 1_000_000 }, null)).toBe(18);
    await operator.close();
  });
});
