import { OpenRouter } from '@openrouter/sdk';
import type { ChatRequest, ChatResult, ChatStreamChunk } from '@openrouter/sdk/models';
import { OpenRouterError } from '@openrouter/sdk/models/errors';
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

/** OpenRouter's chat completions, by its own client, which refuses whatever its schema does not know. */
export function openRouterClient(origin: string): Client {
  const client = openRouter(origin);
  return {
    async ask(asked) {
      const chatRequest = bodyOf(asked);
      const answer = await client.chat.send({ chatRequest });
      if (!(Symbol.asyncIterator in answer)) return understoodFrom(answer);
      const chunks: ChatStreamChunk[] = [];
      for await (const chunk of answer) chunks.push(chunk);
      return collected(chunks);
    },
    async models() {
      const ids: string[] = [];
      for await (const page of await client.models.list()) ids.push(...page.result.data.map(({ id }) => id));
      return ids;
    },
    status: (error) => (error instanceof OpenRouterError ? error.statusCode : undefined),
  };
}

export function openRouter(origin: string): OpenRouter {
  return new OpenRouter({
    apiKey: 'sk-or-v1-test',
    serverURL: `${origin}/api/v1`,
    retryConfig: { strategy: 'none' },
  });
}

function bodyOf(asked: Asked): ChatRequest {
  const { choice, result } = asked;
  return {
    model: MODEL,
    stream: asked.stream,
    messages: [
      ...(asked.system === undefined ? [] : [{ role: 'system' as const, content: asked.system }]),
      { role: 'user', content: QUESTION },
      ...(result === undefined
        ? []
        : [
            {
              role: 'assistant' as const,
              toolCalls: [
                { id: CALL_ID, type: 'function' as const, function: { name: 'clock', arguments: '{}' } },
              ],
            },
            { role: 'tool' as const, toolCallId: CALL_ID, content: result },
          ]),
    ],
    ...(asked.tools && {
      tools: TOOLS.map((tool) => ({ type: 'function' as const, function: tool })),
    }),
    ...(choice !== undefined && { toolChoice: choiceOf(choice) }),
    ...(asked.stop !== undefined && { stop: [asked.stop] }),
    ...(asked.maxTokens !== undefined && { maxTokens: asked.maxTokens }),
    ...(asked.json && {
      responseFormat: {
        type: 'json_schema' as const,
        jsonSchema: { name: 'weather', strict: true, schema: PARAMETERS },
      },
    }),
  };
}

function choiceOf(choice: string): NonNullable<ChatRequest['toolChoice']> {
  if (choice === 'any') return 'required';
  return choice === 'auto' ? 'auto' : { type: 'function', function: { name: choice } };
}

function understoodFrom({ model, choices, usage }: ChatResult): Understood {
  const [first] = choices;
  const call = first?.message.toolCalls?.[0]?.function;
  return {
    model,
    texts: choices.map(({ message }) => (typeof message.content === 'string' ? message.content : '')),
    tool: call && { name: call.name, input: JSON.parse(call.arguments) },
    finish: first?.finishReason,
    input: usage?.promptTokens,
    output: usage?.completionTokens,
  };
}

function collected(chunks: readonly ChatStreamChunk[]): Understood {
  const firsts = chunks.flatMap(({ choices }) => choices[0] ?? []);
  const calls = firsts.flatMap(({ delta }) => delta.toolCalls?.[0]?.function ?? []);
  const usage = chunks.at(-1)?.usage;
  return {
    model: chunks.at(-1)?.model,
    texts: [firsts.map(({ delta }) => delta.content ?? '').join('')],
    tool: calls[0]?.name
      ? { name: calls[0].name, input: JSON.parse(calls.map((call) => call.arguments ?? '').join('')) }
      : undefined,
    finish: firsts.findLast(({ finishReason }) => finishReason !== null)?.finishReason,
    input: usage?.promptTokens,
    output: usage?.completionTokens,
  };
}
