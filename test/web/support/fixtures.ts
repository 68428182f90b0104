import { Buffer } from 'node:buffer';
import { webcrypto } from 'node:crypto';
import type { ComposeEvent } from '../../../shared/contract/events.ts';
import type { Analysis, Draft, Intent, Plan } from '../../../shared/contract/plan.ts';
import type { Envelope, Receipt } from '../../../shared/contract/receipt.ts';
import { RECEIPT_TYPE } from '../../../shared/contract/receipt.ts';
import type { ModelInfo, ProviderInfo, ServerConfig } from '../../../shared/contract/server-config.ts';

const { publicKey } = await webcrypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, [
  'deriveBits',
]);
const rawKey = Buffer.from(await webcrypto.subtle.exportKey('raw', publicKey)).toString('base64url');

export const model = (
  id: string,
  inputUsd: number | null,
  outputUsd: number | null,
  endsOn?: string,
): ModelInfo => ({
  ...(endsOn !== undefined && { endsOn }),
  id,
  name: id,
  contextTokens: 200_000,
  inputUsd,
  outputUsd,
});

export const PROVIDERS: readonly ProviderInfo[] = [
  {
    id: 'sandbox',
    name: 'Sandbox',
    host: '127.0.0.1',
    key: 'none',
    keyHint: '',
    sees: 'Nothing leaves this server.',
    models: [model('sandbox-1', 0, 0)],
  },
  {
    id: 'anthropic',
    name: 'Anthropic',
    host: 'api.anthropic.com',
    key: 'required',
    keyHint: 'sk-ant-api03-…',
    keysUrl: 'https://platform.claude.com/settings/keys',
    sees: 'Anthropic sees your goal.',
    models: [
      model('claude-opus-5-5', 10, 50),
      model('claude-sonnet-5', 3, 15),
      model('claude-haiku-4-5', 1, 5),
    ],
  },
  {
    id: 'azure',
    name: 'Azure OpenAI',
    host: '<resource>.openai.azure.com',
    key: 'required',
    keyHint: '84 characters',
    site: { label: 'Resource', hint: 'my-resource', pattern: '^[a-z0-9-]{2,64}$' },
    sees: 'Azure sees your goal.',
    models: [],
  },
];

export function configNow(change: Partial<ServerConfig> = {}): ServerConfig {
  const now = Date.now();
  return {
    build: 'test',
    now,
    providers: [...PROVIDERS],
    sealing: { id: 'k1', publicKey: rawKey, server: 'test-server', issuedAt: now, renewAt: now + 150_000 },
    requireSealed: false,
    receiptKey: { id: 'r1', publicKey: 'AAAA' },
    pricesDate: '2026-11-01',
    me: null,
    ...change,
  };
}

export const GOAL = 'Turn merged pull requests into weekly release notes';
/** No provider's key: made up, in the shape that the page takes for Anthropic's. */
export const KEY = `sk-ant-api03-${'Kq7wZt2m'.repeat(8)}`;

export const INTENT: Intent = {
  kind: 'bundle',
  summary: 'Weekly release notes',
  capabilities: [
    { id: 'c1', need: 'Collect merged changes' },
    { id: 'c2', need: 'Write the notes' },
    { id: 'c3', need: 'Send the notes' },
    { id: 'c4', need: 'Follow the commit convention' },
  ],
  constraints: ['Customers understand it'],
  assumptions: [],
};

const created = (id: string, name: string, covers: string): Plan['items'][number] => ({
  id,
  action: 'create',
  name,
  description: `About ${name}. Use when asked.`,
  covers: [covers],
  reason: 'Nothing published covers it.',
  outline: ['Steps'],
  allowedTools: ['Read'],
});

export const PLAN: Plan = {
  title: 'Release notes from pull requests',
  items: [
    created('i1', 'collect-changes', 'c1'),
    created('i2', 'write-notes', 'c2'),
    {
      ...created('i3', 'conventional-commits', 'c4'),
      action: 'reuse',
      ref: { owner: 'oneturn', name: 'conventional-commits', version: '1.2.0' },
    },
  ],
  uncovered: [{ capability: 'c3', need: 'Send the notes', reason: 'No mail tool.' }],
};

export function draftOf(item: string, change: Partial<Draft> = {}): Draft {
  const name = PLAN.items.find(({ id }) => id === item)?.name ?? item;
  return {
    item,
    revision: 1,
    manifest: { name, description: `About ${name}.` },
    body: `# ${name}\n\nDo it well.`,
    digest: `sha256:${item}`,
    ...change,
  };
}

export function analysisOf(item: string, change: Partial<Analysis> = {}): Analysis {
  const scores = { specificity: 9, completeness: 8, safety: 10, goalAlignment: 9 };
  return {
    item,
    digest: `sha256:${item}`,
    verdict: 'pass',
    scores,
    notes: [],
    findings: [],
    overlaps: [],
    ...change,
  };
}

export function receiptOf(change: Partial<Receipt> = {}): Envelope {
  const receipt: Receipt = {
    version: 1,
    run: 'run-1',
    issuedAt: '2026-11-21T00:00:00.000Z',
    build: 'test',
    credentials: 'user',
    provider: 'anthropic',
    host: 'api.anthropic.com',
    model: 'claude-sonnet-5',
    outcome: 'done',
    ms: 1234,
    calls: [],
    usage: { inputTokens: 1000, outputTokens: 234, costUsd: 0.0065, estimated: false },
    cancel: null,
    rowsWritten: 0,
    auditEntries: 0,
    drafts: 'sha256:00',
    ...change,
  };
  return {
    payloadType: RECEIPT_TYPE,
    payload: Buffer.from(JSON.stringify(receipt)).toString('base64'),
    signatures: [{ keyid: 'r1', sig: 'AAAA' }],
  };
}

/** A whole run of two drafts, as the server tells it. */
export const RUN: readonly ComposeEvent[] = [
  { event: 'run', data: { id: 'run-1' } },
  { event: 'phase', data: { phase: 'classifying', state: 'start' } },
  { event: 'intent', data: INTENT },
  { event: 'phase', data: { phase: 'classifying', state: 'done' } },
  { event: 'phase', data: { phase: 'planning', state: 'start' } },
  { event: 'plan', data: PLAN },
  { event: 'phase', data: { phase: 'planning', state: 'done' } },
  { event: 'phase', data: { phase: 'drafting', state: 'start', done: 0, of: 2 } },
  {
    event: 'call',
    data: { call: 'draft-i1-1', phase: 'drafting', item: 'i1', state: 'start', startedMs: 100 },
  },
  { event: 'text', data: { item: 'i1', revision: 1, delta: '# collect-' } },
  { event: 'text', data: { item: 'i1', revision: 1, delta: 'changes' } },
  {
    event: 'call',
    data: {
      call: 'draft-i1-1',
      phase: 'drafting',
      item: 'i1',
      state: 'done',
      startedMs: 100,
      ms: 400,
      usage: { inputTokens: 500, outputTokens: 120, costUsd: 0.0033, estimated: false },
    },
  },
  { event: 'draft', data: draftOf('i1') },
  { event: 'phase', data: { phase: 'drafting', state: 'progress', done: 1, of: 2 } },
  { event: 'phase', data: { phase: 'analyzing', state: 'start', done: 0, of: 2 } },
  { event: 'analysis', data: analysisOf('i1') },
  { event: 'text', data: { item: 'i2', revision: 1, delta: '# write-notes' } },
  { event: 'draft', data: draftOf('i2') },
  { event: 'phase', data: { phase: 'drafting', state: 'done', done: 2, of: 2 } },
  { event: 'analysis', data: analysisOf('i2') },
  { event: 'phase', data: { phase: 'analyzing', state: 'done', done: 2, of: 2 } },
  { event: 'usage', data: { inputTokens: 1000, outputTokens: 234, costUsd: 0.0065, estimated: false } },
  { event: 'receipt', data: receiptOf() },
  { event: 'done', data: { drafts: 2 } },
];
