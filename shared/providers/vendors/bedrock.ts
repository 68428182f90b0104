import type { OpenAiVendor } from '../vendor.ts';

const CHAT: OpenAiVendor['chat'] = {
  maxTokens: 'max_completion_tokens',
  structured: 'json_schema',
  // Which of the hosted models enforce a schema is not documented.
  schemaInPrompt: true,
  streamOptions: { include_usage: true },
  extra: {},
};

/** Amazon's newer host, which speaks OpenAI's formats. The key is a Bedrock API key. Source: docs.aws.amazon.com/bedrock. */
export const BEDROCK: OpenAiVendor = {
  id: 'bedrock',
  name: 'Amazon Bedrock',
  format: 'openai',
  origin: 'https://bedrock-mantle.{site}.api.aws',
  fixedOrigin: false,
  site: {
    label: 'Region',
    hint: 'us-east-1',
    pattern: /^[a-z]{2}(?:-[a-z]{2,9}){1,2}-\d$/,
    hosts: {
      of: 'bedrock-mantle.{site}.api.aws',
      allowed: /^bedrock-mantle\.[a-z]{2}(?:-[a-z]{2,9}){1,2}-\d\.api\.aws$/,
    },
  },
  path: '/v1/chat/completions',
  // OpenAI's own models stand under another prefix than the open ones (its SDK's bedrock.js; AWS, "Responses API").
  wires: [
    {
      model: /^openai\.gpt-\d/,
      wire: { format: 'openai', path: '/openai/v1/chat/completions', chat: CHAT },
    },
  ],
  auth: { header: 'authorization', prefix: 'Bearer ' },
  key: 'required',
  keyHint: 'ABSK… or bedrock-api-key-…',
  keysUrl: 'https://console.aws.amazon.com/bedrock/home#/api-keys',
  sees: 'Amazon Bedrock, in the region you name, sees your goal, the plan and the drafts, and your key.',
  headers: {},
  requestIdHeaders: ['x-amzn-requestid', 'x-request-id'],
  check: {
    free: { method: 'GET', path: '/v1/models' },
    models: { path: '/v1/models', list: 'data', id: 'id' },
    oneToken: 1,
  },
  prices: {
    table: 'aws',
    by: 'requested',
    // The table has the ids of bedrock-runtime: openai.gpt-oss-120b-1:0 is openai.gpt-oss-120b here.
    endings: ['-v1:0', '-1:0', ':0'],
    families: [
      { match: /^openai\.gpt-(?:\d|oss-\d+b)/, take: 4 },
      { match: /^qwen\.qwen3/, take: 4 },
      { match: /^mistral\.(?:mistral-large-3|magistral|devstral|ministral-3-14b)/, take: 4 },
      { match: /^nvidia\.nemotron-super/, take: 1 },
      { match: /^google\.gemma-3-27b/, take: 1 },
    ],
  },
  chat: CHAT,
};
