import Anthropic, { APIError } from '@anthropic-ai/sdk';
import {
  type Asked,
  CALL_ID,
  type Client,
  MODEL,
  PARAMETERS,
  QUESTION,
  TOOLS,
  type Understood,
} from './client.ts';

/** Anthropic's Messages, by its own client: as it is, or with the key and the version as its next major one sends them. */
export function anthropicClient(origin: string, version: '2023-06-01' | '2026-10-21'): Client {
  const client = new Anthropic({
    ...(version === '2023-06-01' ? { apiKey: 'sk-ant-test' } : { authToken: 'sk-ant-test', apiKey: null }),
    defaultHeaders: { 'anthropic-version': version },
    baseURL: origin,
    maxRetries: 0,
  });
  return {
    async ask(asked) {
      const body = bodyOf(asked);
      if (!asked.stream) return understoodFrom(await client.messages.create({ ...body, stream: false }));
      return understoodFrom(await client.messages.stream(body).finalMessage());
    },
    async models() {
      return (await client.models.list()).data.map(({ id }) => id);
    },
    status: (error) => (error instanceof APIError ? error.status : undefined),
  };
}

function bodyOf(asked: Asked): Omit<Anthropic.MessageCreateParamsNonStreaming, 'stream'> {
  const foreign: object = asked.n === undefined ? {} : { n: asked.n };
  return {
    model: MODEL,
    max_tokens: asked.maxTokens ?? 1000,
    messages: [
      { role: 'user', content: QUESTION },
      ...(asked.result === undefined ? [] : resultTurns(asked.result)),
    ],
    ...(asked.system !== undefined && { system: asked.system }),
    ...(asked.tools && {
      tools: TOOLS.map(({ name, parameters }) => ({
        name,
        input_schema: { ...parameters, type: 'object' as const },
      })),
    }),
    ...(asked.choice !== undefined && { tool_choice: choiceOf(asked.choice) }),
    ...(asked.stop !== undefined && { stop_sequences: [asked.stop] }),
    ...(asked.json && { output_config: { format: { type: 'json_schema' as const, schema: PARAMETERS } } }),
    ...foreign,
  };
}

function resultTurns(content: string): Anthropic.MessageParam[] {
  return [
    { role: 'assistant', content: [{ type: 'tool_use', id: CALL_ID, name: 'clock', input: {} }] },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: CALL_ID, content }] },
  ];
}

function choiceOf(choice: string): Anthropic.ToolChoice {
  if (choice === 'any' || choice === 'auto') return { type: choice };
  return { type: 'tool', name: choice };
}

function understoodFrom({ model, content, stop_reason, usage }: Anthropic.Message): Understood {
  const tool = content.find((block) => block.type === 'tool_use');
  return {
    model,
    texts: [content.map((block) => (block.type === 'text' ? block.text : '')).join('')],
    tool: tool && { name: tool.name, input: tool.input },
    finish: stop_reason,
    input: usage.input_tokens,
    output: usage.output_tokens,
  };
}
