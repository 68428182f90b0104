import { isIP } from 'node:net';
import * as z from 'zod';
import {
  type Endpoint,
  OMITTED_FIELDS,
  type OmittedField,
} from '../../shared/providers/endpoint-to-vendor.ts';
import { isAddressRange, isPrivateHost } from '../http/client-address.ts';
import { HOSTED_SETTINGS, whole } from './hosted-settings.ts';
import { VAULT_SETTINGS } from './vault-settings.ts';

/** A setting that stops the start; its message names the setting and the repair. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const flag = z
  .enum(['0', '1'], 'give 0 or 1')
  .default('0')
  .transform((value) => value === '1');

const secret = z.string().min(32, 'give 32 characters or more, as openssl rand -hex 32 prints them');

const ID_SAID = 'give 1 to 64 lower-case letters, digits and hyphens';
const NAME_SAID = 'give 1 to 80 characters';
const MODELS_SAID = 'give at most 100 ids of letters, digits and . : / @ -';
const FORMATS = ['openai', 'anthropic', 'responses', 'gemini', 'converse'] as const;
const STRUCTURED = ['json_schema', 'json_object', 'prompt'] as const;
const OMIT_SAID = `give some of ${OMITTED_FIELDS.join(', ')}, of the last two one at the most`;
const HEADERS_SAID =
  'give at most 20 headers with values of printable ASCII, and none that belongs to the connection, the body or the key';
const endpoint = z.strictObject(
  {
    id: z.string(ID_SAID).regex(/^[a-z0-9][a-z0-9-]{0,63}$/, ID_SAID),
    name: z.string(NAME_SAID).min(1, NAME_SAID).max(80, NAME_SAID),
    format: z.enum(FORMATS, `give ${FORMATS.slice(0, -1).join(', ')} or ${FORMATS.at(-1)}`),
    baseUrl: z.url({ protocol: /^https?$/, error: 'give an http or https address' }),
    models: z
      .array(z.string(MODELS_SAID).regex(/^[\w.:/@-]{1,128}$/, MODELS_SAID), MODELS_SAID)
      .max(100, MODELS_SAID)
      .optional(),
    structured: z.enum(STRUCTURED, 'give json_schema, json_object or prompt').optional(),
    maxTokens: within(256, 1_000_000).optional(),
    omit: z.array(z.enum(OMITTED_FIELDS, OMIT_SAID), OMIT_SAID).refine(hasALimit, OMIT_SAID).optional(),
    firstByteMs: within(100, 3_600_000).optional(),
    idleMs: within(100, 3_600_000).optional(),
    headers: z
      .record(z.string(), z.string(HEADERS_SAID), HEADERS_SAID)
      .refine(areHeaders, HEADERS_SAID)
      .optional(),
  },
  'give {id, name, format, baseUrl} and, where wanted, models, structured, maxTokens, omit, firstByteMs, idleMs and headers; nothing else',
);

function within(least: number, most: number) {
  const said = `give a whole number from ${least} to ${most}`;
  return z.int(said).min(least, said).max(most, said);
}

function hasALimit(fields: readonly OmittedField[]): boolean {
  return !(fields.includes('max_tokens') && fields.includes('max_completion_tokens'));
}

/** Headers of the connection, of the body and of the user's key cannot be set by the operator. */
const OWN_HEADERS =
  /^(?:authorization|proxy-.*|x-api-key|api-key|x-goog-api-key|cookie|host|connection|keep-alive|te|trailer|upgrade|expect|transfer-encoding|content-.*|accept|accept-encoding|anthropic-version)$/i;

function areHeaders(headers: Readonly<Record<string, string>>): boolean {
  const entries = Object.entries(headers);
  return (
    entries.length <= 20 &&
    entries.every(
      ([name, value]) =>
        /^[\w!#$%&'*+.^`|~-]{1,64}$/.test(name) &&
        !OWN_HEADERS.test(name) &&
        /^[\x20-\x7e]{1,1000}$/.test(value) &&
        value === value.trim(),
    )
  );
}

const PROCESSES_SAID = 'give auto, or a whole number from 1 to 64';

/** Every setting, its unit and default. `.env.example` says the same in words; a test holds the two together. */
const settings = z.object({
  PORT: whole(0, 65_535, 8787),
  HOST: z
    .string()
    .refine(isListenable, 'give an address like 127.0.0.1, 0.0.0.0 or ::1, or a name of this machine')
    .default('127.0.0.1'),
  PROCESSES: z
    .union(
      [
        z.literal('auto'),
        z.coerce.number(PROCESSES_SAID).int(PROCESSES_SAID).min(1, PROCESSES_SAID).max(64, PROCESSES_SAID),
      ],
      PROCESSES_SAID,
    )
    .default(1),
  DATA_DIR: z.string().default('.data'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'give the address that people type, as https://skills.example.org' })
    .optional(),
  TRUSTED_PROXIES: z.string().default(''),
  ALLOWED_HOSTS: z.string().default(''),
  DATABASE_URL: z
    .url({ protocol: /^postgres(?:ql)?$/, error: 'give an address, as postgres://user:password@host/name' })
    .optional(),
  AUTH_SECRET: secret.optional(),
  AUDIT_HEAD_FILE: z.string().optional(),
  GITHUB_CLIENT_ID: z.string().optional(),
  GITHUB_CLIENT_SECRET: z.string().optional(),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], 'give debug, info, warn, error or silent')
    .default('info'),
  METRICS_TOKEN: secret.optional(),
  HTTPS_PROXY: z
    .url({ protocol: /^https?$/, error: 'give an address, as http://proxy.example.org:3128' })
    .optional(),
  NO_PROXY: z.string().optional(),
  REQUIRE_SEALED: flag,
  SEALING_SECRET: secret.optional(),
  PROVIDER_ENDPOINTS: z.string().default('[]'),
  OLLAMA: flag,
  RUN_LIMIT_MS: whole(1000, 3_600_000, 600_000),
  FIRST_BYTE_LIMIT_MS: whole(100, 600_000, 60_000),
  IDLE_LIMIT_MS: whole(100, 600_000, 120_000),
  RUNS_PER_MINUTE: whole(1, 100_000, 30),
  CONCURRENT_RUNS: whole(1, 10_000, 6),
  REQUEST_LIMIT_MS: whole(1000, 600_000, 20_000),
  SHUTDOWN_GRACE_MS: whole(0, 600_000, 10_000),
  ...HOSTED_SETTINGS,
  ...VAULT_SETTINGS,
  STARTER_CATALOGUE: z.enum(['on', 'off'], 'give on or off').default('on'),
  SANDBOX_PACE: z.enum(['real', 'fast', 'instant'], 'give real, fast or instant').default('real'),
});

/** Every setting after its check, with units as in its name. Lists and JSON are parsed; defaults are filled in. */
export interface Config
  extends Omit<z.infer<typeof settings>, 'PROVIDER_ENDPOINTS' | 'TRUSTED_PROXIES' | 'ALLOWED_HOSTS'> {
  readonly endpoints: readonly Endpoint[];
  readonly trustedProxies: readonly string[];
  readonly allowedHosts: readonly string[];
}

/** Where this server listens, as a URL has it: IPv6 in brackets. */
export function urlOf({ HOST }: Pick<Config, 'HOST'>, port: number): string {
  return `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${port}`;
}

/** Also as part of a URL, which takes neither 999.1.1.1 for a name nor a zone (fe80::1%eth0) for a part of an address. */
function isListenable(host: string): boolean {
  if (isIP(host) === 0 && !/^[a-z\d_-]+(?:\.[a-z\d_-]+)*$/i.test(host)) return false;
  return URL.canParse(urlOf({ HOST: host }, 80));
}

/** Reads the environment. Throws `ConfigError`; values are never quoted, for one of them may be a secret. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new ConfigError(
      `${String(issue?.path[0] ?? 'A setting')} is not valid: ${issue?.message ?? 'unknown'}. See .env.example for its unit and default.`,
    );
  }
  const { PROVIDER_ENDPOINTS, TRUSTED_PROXIES, ALLOWED_HOSTS, ...rest } = parsed.data;
  if ((rest.GITHUB_CLIENT_ID === undefined) !== (rest.GITHUB_CLIENT_SECRET === undefined))
    throw new ConfigError('GITHUB_CLIENT_ID and GITHUB_CLIENT_SECRET go together: set both, or neither.');
  return {
    ...rest,
    endpoints: readEndpoints(PROVIDER_ENDPOINTS),
    trustedProxies: readProxies(TRUSTED_PROXIES),
    allowedHosts: readHosts(ALLOWED_HOSTS),
  };
}

function readProxies(text: string): readonly string[] {
  const proxies = text.split(/[\s,]+/).filter(Boolean);
  if (!proxies.every(isAddressRange))
    throw new ConfigError(
      'TRUSTED_PROXIES is not valid: give addresses and networks like 127.0.0.1,10.0.0.0/8. Names are not looked up.',
    );
  return proxies;
}

function readHosts(text: string): readonly string[] {
  const hosts = text.split(/[\s,]+/).filter(Boolean);
  if (!hosts.every((host) => isListenable(host.replace(/^\[(.+)\]$/, '$1'))))
    throw new ConfigError(
      'ALLOWED_HOSTS is not valid: give names and addresses like skills.lan,192.168.1.5 without scheme, port and wildcard.',
    );
  return hosts;
}

function readEndpoints(text: string): readonly Endpoint[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new ConfigError(
      'PROVIDER_ENDPOINTS is not JSON: give an array of {id, name, format, baseUrl, …}, see .env.example.',
    );
  }
  const parsed = z.array(endpoint, 'give an array').safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new ConfigError(
      `PROVIDER_ENDPOINTS is not valid at ${issue?.path.join('.') || 'its top'}: ${issue?.message ?? 'unknown'}.`,
    );
  }
  for (const { id, baseUrl } of parsed.data) {
    const url = new URL(baseUrl);
    if (url.protocol === 'http:' && !isPrivateHost(url.hostname)) {
      throw new ConfigError(
        `PROVIDER_ENDPOINTS: ${id} is plain http on a public host, where keys could be read on the way. Use https.`,
      );
    }
    if (url.username || url.password || url.search || url.hash)
      throw new ConfigError(
        `PROVIDER_ENDPOINTS: ${id} has more than a scheme, host, port and path in its baseUrl.`,
      );
  }
  return parsed.data;
}
