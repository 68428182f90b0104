import { CLAUDE_CACHE } from '../prompt-cache.ts';
import type { ConverseVendor } from '../vendor.ts';

/** Amazon's own format: the answer is no stream of events as browsers know them. */
export const CONVERSE_HEADERS = { accept: 'application/vnd.amazon.eventstream, application/json' } as const;

/**
 * Claude from 4.5 on (AWS, "Structured outputs"). Open models get the schema in the prompt, since the lists of those that enforce it differ
 * by region.
 */
export const CONVERSE_SCHEMA = /anthropic\.claude-(?:(?:opus|sonnet|haiku|fable)-(?:4-[5-9]|[5-9]|\d\d))/;

/** Bedrock's older host, whose one format serves every model, Anthropic's and Amazon's too. The key is a Bedrock API key, not a signature. */
export const BEDROCK_CONVERSE: ConverseVendor = {
  id: 'bedrock-converse',
  name: 'Amazon Bedrock (Converse)',
  format: 'converse',
  origin: 'https://bedrock-runtime.{site}.amazonaws.com',
  fixedOrigin: false,
  site: {
    label: 'Region',
    hint: 'us-east-1',
    pattern: /^[a-z]{2}(?:-[a-z]{2,9}){1,2}-\d$/,
    hosts: {
      of: 'bedrock-runtime.{site}.amazonaws.com',
      allowed: /^bedrock-runtime\.[a-z]{2}(?:-[a-z]{2,9}){1,2}-\d\.amazonaws\.com$/,
    },
  },
  path: '/model/{model}/converse-stream',
  auth: { header: 'authorization', prefix: 'Bearer ' },
  key: 'required',
  keyHint: 'ABSK… or bedrock-api-key-…',
  keysUrl: 'https://console.aws.amazon.com/bedrock/home#/api-keys',
  sees: 'Amazon Bedrock, in the region you name, sees your goal, the plan and the drafts, and your key.',
  headers: CONVERSE_HEADERS,
  promptCache: CLAUDE_CACHE.map((one) => ({ ...one, mark: 'cachePoint' })),
  requestIdHeaders: ['x-amzn-requestid'],
  // Bedrock's list of models is on another host, where the key does not go.
  check: { oneToken: 1 },
  prices: {
    table: 'aws',
    by: 'requested',
    // Newer models are only available under a prefix that lets Amazon choose the region; `us.`, `eu.` and others can be typed.
    families: [
      { match: /^global\.anthropic\.claude-(?:opus|sonnet|fable)-(?:4-[5-9]|[5-9])/, take: 6 },
      { match: /^global\.anthropic\.claude-haiku/, take: 1 },
      { match: /^global\.amazon\.nova-\d+-(?:lite|pro|premier)/, take: 3 },
      { match: /^amazon\.nova-(?:pro|lite|micro)-/, take: 3 },
      { match: /^openai\.gpt-oss-/, take: 2 },
    ],
  },
  converse: { schemaFor: CONVERSE_SCHEMA },
};
