import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError } from '../../../server/config/config.ts';
import type { HostedSettings } from '../../../server/config/hosted-settings.ts';
import { createOperator, type Operator } from '../../../server/operator/operator.ts';
import { createConnector } from '../../../server/providers/safe-connect.ts';
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
    expect(operator.credentials).toBe('none');
    expect(operator.reserveUsd('sandbox-1', 100)).toBe(0);
    await operator.close();
  });

  it('takes the key from a file that only its owner reads, and attaches it for its provider alone', async () => {
    const operator = operatorOf({
      HOSTED_PROVIDER: 'anthropic',
      HOSTED_MODELS: 'claude-sonnet-5',
      HOSTED_KEY_FILE: keyFile(`${KEY}\n`, 0o600),
    });
    expect(operator).toMatchObject({
      credentials: 'operator',
      offer: { provider: 'anthropic', models: ['claude-sonnet-5'], sandbox: false },
    });
    expect(operator.upstream).toMatchObject({ origin: 'https://api.anthropic.com', authorization: KEY });
    expect(operator.reserveUsd('claude-sonnet-5', 100)).toBeGreaterThan(0.01);
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
    expect(operator.priceUsd('claude-unheard-of', { inputTokens: 1_000_000, outputTokens: 1_000_000 })).toBe(
      18,
    );
    await operator.close();
  });
});
