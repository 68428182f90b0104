import type Groq from 'groq-sdk';
import OpenAI, { APIError } from 'openai';
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

/** Chat completions, by the client of OpenAI's that other vendors' pages recommend, too. `path` is that of its base URL. */
export function chatClient(origin: string, path: string): Client {
  const client = new OpenAI({ apiKey: 'sk-test', baseURL: origin + path, maxRetries: 0 });
  return {
    async ask(asked) {
      const body = chatBody(asked);
      if (!asked.stream)
        return understoodFrom(await client.chat.completions.create({ ...body, stream: false }));
      const stream = client.chat.completions.stream({ ...body, stream_options: { include_usage: true } });
      return understoodFrom(await stream.finalChatCompletion());
    },
    async models() {
      return (await client.models.list()).data.map(({ id }) => id);
    },
    status: (error) => (error instanceof APIError ? error.status : undefined),
  };
}

export function chatBody(asked: Asked): Omit<OpenAI.ChatCompletionCreateParamsNonStreaming, 'stream'> {
  return {
    model: MODEL,
    messages: [
      ...(asked.system === undefined ? [] : [{ role: 'system' as const, content: asked.system }]),
      { role: 'user', content: QUESTION },
      ...(asked.result === undefined ? [] : resultTurns(asked.result)),
    ],
    ...(asked.tools && {
      tools: TOOLS.map((tool) => ({ type: 'function' as const, function: tool })),
    }),
    ...(asked.choice !== undefined && { tool_choice: choiceOf(asked.choice) }),
    ...(asked.stop !== undefined && { stop: [asked.stop] }),
    ...(asked.maxTokens !== undefined && { max_tokens: asked.maxTokens }),
    ...(asked.n !== undefined && { n: asked.n }),
    ...(asked.json && {
      response_format: {
        type: 'json_schema' as const,
        json_schema: { name: 'weather', strict: true, schema: PARAMETERS },
      },
    }),
  };
}

function resultTurns(content: string): OpenAI.ChatCompletionMessageParam[] {
  const call = { id: CALL_ID, type: 'function' as const, function: { name: 'clock', arguments: '{}' } };
  return [
    { role: 'assistant', content: null, tool_calls: [call] },
    { role: 'tool', tool_call_id: CALL_ID, content },
  ];
}

function choiceOf(choice: string): OpenAI.ChatCompletionToolChoiceOption {
  if (choice === 'any') return 'required';
  return choice === 'auto' ? 'auto' : { type: 'function', function: { name: choice } };
}

export function understoodFrom({
  model,
  choices,
  usage,
}: OpenAI.ChatCompletion | Groq.Chat.ChatCompletion): Understood {
  const [first] = choices;
  const call = first?.message.tool_calls?.[0];
  return {
    model,
    texts: choices.map(({ message }) => message.content ?? ''),
    tool:
      call?.type === 'function'
        ? { name: call.function.name, input: JSON.parse(call.function.arguments) }
        : undefined,
    finish: first?.finish_reason,
    input: usage?.prompt_tokens,
    output: usage?.completion_tokens,
  };
}
