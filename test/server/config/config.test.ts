import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ConfigError, readConfig, urlOf } from '../../../server/config/config.ts';

test('starts with nothing set, on loopback', () => {
  expect(readConfig({})).toMatchObject({
    PORT: 8787,
    HOST: '127.0.0.1',
    PROCESSES: 1,
    DATA_DIR: '.data',
    REQUIRE_SEALED: false,
    endpoints: [],
  });
});

test('.env.example names every setting with its default, and no other', () => {
  const lines = readFileSync('.env.example', 'utf8').matchAll(/^#([A-Z_]+)=(.*)$/gm);
  const documented = new Map([...lines].map(([, name = '', value = '']) => [name, value]));
  const { endpoints: _, trustedProxies: __, allowedHosts: ___, ...defaults } = readConfig({});
  const optional = [
    'PUBLIC_URL',
    'PUBLISH_CRITIC_MODEL',
    'SEALING_SECRET',
    'METRICS_TOKEN',
    'HTTPS_PROXY',
    'NO_PROXY',
    'TRUSTED_PROXIES',
    'ALLOWED_HOSTS',
    'PROVIDER_ENDPOINTS',
    'DATABASE_URL',
    'AUTH_SECRET',
    'AUDIT_HEAD_FILE',
    'GITHUB_CLIENT_ID',
    'GITHUB_CLIENT_SECRET',
    'HOSTED_MODELS',
    'HOSTED_SITE',
    'HOSTED_KEY_FILE',
    'HOSTED_KEY',
    'HOSTED_PRICE_USD',
    'RETENTION_DAYS',
    'VAULT_ROOTS',
    'VAULT_MAX_KEY_AGE_DAYS',
  ];
  for (const [name, value] of Object.entries(defaults)) {
    if (optional.includes(name) || value === undefined) continue;
    expect(documented.get(name), name).toBe(
      typeof value === 'boolean' ? String(Number(value)) : String(value),
    );
  }
  const known = [...Object.keys(defaults), ...optional];
  expect([...documented.keys()].filter((name) => !known.includes(name))).toEqual([]);
});

test.each([
  ['PORT', 'http'],
  ['RETENTION_DAYS', '0'],
  ['PORT', '70000'],
  ['HOST', '999.1.1.1'],
  ['HOST', '[::1]'],
  ['HOST', 'fe80::1%eth0'],
  ['HOST', 'http://localhost'],
  ['HOST', 'two words'],
  ['LOG_LEVEL', 'loud'],
  ['REQUIRE_SEALED', 'yes'],
  ['SEALING_SECRET', 'short'],
  ['METRICS_TOKEN', 'short'],
  ['HTTPS_PROXY', 'proxy:3128'],
  ['RUN_LIMIT_MS', '-1'],
  ['PUBLIC_URL', 'ftp://x'],
  ['ALLOWED_HOSTS', 'https://skills.lan'],
  ['ALLOWED_HOSTS', 'skills.lan:8787'],
  ['ALLOWED_HOSTS', '*.skills.lan'],
  ['TRUSTED_PROXIES', 'loopback'],
  ['TRUSTED_PROXIES', '127.0.0.1,10.0.0.0/33'],
  ['GITHUB_CLIENT_ID', 'alone'],
  ['GITHUB_CLIENT_SECRET', 'alone'],
])('a wrong %s stops the start and is named, not quoted', (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(ConfigError);
  expect(() => readConfig({ [name]: value })).toThrow(name);
});

test.each([
  ['PORT', 'http', 'PORT is not valid: give a whole number from 0 to 65535.'],
  ['RUN_LIMIT_MS', '1.5', 'whole number from 1000 to 3600000.'],
  ['PROCESSES', '0', 'auto, or a whole number from 1 to 64.'],
  ['PROCESSES', 'all', 'auto, or a whole number from 1 to 64.'],
  ['HOSTED_WORKERS', '65', 'whole number from 0 to 64.'],
  ['HOSTED_BUDGET_USD', 'abc', 'HOSTED_BUDGET_USD is not valid: give USD per day'],
  ['HOSTED_BUDGET_USD', '-1', 'give USD per day'],
  ['HOSTED_ACCOUNT_BUDGET_USD', '1e9', 'give USD per day'],
  ['HOSTED_PRICE_USD', 'cheap', 'as 3/15'],
  ['AUTH_SECRET', 'short', 'AUTH_SECRET is not valid: give 32 characters or more'],
  ['SEALING_SECRET', 'short', 'give 32 characters or more'],
  ['REQUIRE_SEALED', 'yes', 'give 0 or 1.'],
  ['LOG_LEVEL', 'loud', 'give debug, info, warn, error or silent.'],
  ['SANDBOX_PACE', 'slow', 'give real, fast or instant.'],
  ['PUBLIC_URL', 'skills', 'as https://skills.example.org.'],
  ['DATABASE_URL', 'mysql://x', 'as postgres://'],
  ['PROVIDER_ENDPOINTS', '{}', 'at its top: give an array.'],
  ['PROVIDER_ENDPOINTS', '[{"id":"X"}]', 'at 0.id: give 1 to 64 lower-case letters'],
  [
    'PROVIDER_ENDPOINTS',
    '[{"id":"x","name":"X","format":"openai","baseUrl":"https://x","key":"k"}]',
    'at 0: give {id, name,',
  ],
])('%s=%s is refused with its repair', (name, value, said) => {
  expect(() => readConfig({ [name]: value })).toThrow(said);
  expect(() => readConfig({ [name]: value })).not.toThrow(/Invalid|expected|Too |pattern|Unrecognized/);
});

test.each(['0.0.0.0', '::', '::1', 'localhost', 'skills_1.lan'])('listens at %s', (host) => {
  const config = readConfig({ HOST: host });
  expect(new URL(urlOf(config, 80)).protocol).toBe('http:');
});

const endpoint = (baseUrl: string): string =>
  JSON.stringify([{ id: 'lab', name: 'Lab', format: 'openai', baseUrl }]);

test.each([
  'http://10.0.0.5:8000/v1',
  'http://localhost:11434/v1',
  'https://models.example.org/v1',
  'http://[::1]:8080/v1',
])('takes the endpoint %s', (baseUrl) => {
  expect(readConfig({ PROVIDER_ENDPOINTS: endpoint(baseUrl) }).endpoints).toHaveLength(1);
});

test.each([
  'http://models.example.org/v1',
  'http://8.8.8.8/v1',
  'file:///etc/passwd',
  'gopher://x',
  'https://user:pass@host/v1',
  'https://host/v1?x=1',
  'nonsense',
])('refuses the endpoint %s', (baseUrl) => {
  expect(() => readConfig({ PROVIDER_ENDPOINTS: endpoint(baseUrl) })).toThrow(ConfigError);
});

test.each(['{', '{}', '[{"id":"X"}]', '[{"id":"a","name":"A","format":"grpc","baseUrl":"https://a"}]'])(
  'PROVIDER_ENDPOINTS=%s is explained',
  (value) => {
    expect(() => readConfig({ PROVIDER_ENDPOINTS: value })).toThrow('PROVIDER_ENDPOINTS');
  },
);

test.each(['openai', 'anthropic', 'responses', 'gemini', 'converse'])(
  'takes endpoints of the format %s',
  (format) => {
    const given = JSON.stringify([{ id: 'lab', name: 'Lab', format, baseUrl: 'https://lab.example' }]);
    expect(readConfig({ PROVIDER_ENDPOINTS: given }).endpoints).toMatchObject([{ format }]);
  },
);
