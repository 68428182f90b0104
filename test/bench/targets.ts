import { ROUTES } from '../../shared/contract/routes.ts';
import type { Target } from './processes/target.ts';

/** `%` becomes the stream's number, by which the source and the client agree on which is which. */
const GOAL = 'turn merged pull requests into weekly release notes, bench run %';
const PLAIN = JSON.stringify({
  model: 'claude-sonnet-4-5',
  max_tokens: 12_000,
  stream: true,
  messages: [{ role: 'user', content: GOAL }],
});

/** The stream as the provider gives it, and as nginx passes it on. */
export function directTarget(origin: string): Target {
  return {
    origin,
    path: '/v1/messages',
    headers: {},
    body: PLAIN,
    key: { header: 'x-api-key', prefix: '' },
    mark: 'message_stop',
  };
}

/** A whole run, with its key sealed as the page does it. */
export function oneturnTarget(
  origin: string,
  provider: 'anthropic' | 'openai' = 'anthropic',
  mark = 'event: done',
): Target {
  const keyPrefix = { anthropic: 'sk-ant-api03-', openai: 'sk-proj-' }[provider];
  return {
    origin,
    keyPrefix,
    path: ROUTES.byo,
    headers: {},
    body: JSON.stringify({ goal: GOAL, provider, model: 'claude-sonnet-4-5' }),
    key: { sealedFor: provider },
    mark,
  };
}

export function honoTarget(origin: string, mark = 'event: done'): Target {
  return {
    origin,
    path: '/stream',
    headers: {},
    body: JSON.stringify({ goal: GOAL, model: 'claude-sonnet-4-5' }),
    key: { header: 'x-provider-key', prefix: '' },
    mark,
  };
}

/** Portkey's gateway in front of a provider of the OpenAI format. */
export function portkeyTarget(origin: string, source: string, mark = '[DONE]'): Target {
  return {
    origin,
    path: '/v1/chat/completions',
    headers: { 'x-portkey-provider': 'openai', 'x-portkey-custom-host': `${source}/v1` },
    body: PLAIN,
    key: { header: 'authorization', prefix: 'Bearer ' },
    mark,
  };
}
