import { stamp } from './clock.ts';

/** The two wire formats that matter: a stream's beginning, one piece of text, and its end. */
export interface Frames {
  readonly start: string;
  text(text: string): string;
  readonly end: string;
}

const MODEL = 'bench-1';

export const ANTHROPIC: Frames = {
  start:
    `event: message_start\ndata: {"type":"message_start","message":{"id":"msg_bench","type":"message","role":"assistant","model":"${MODEL}",` +
    '"content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":900,"output_tokens":1}}}\n\n' +
    'event: content_block_start\ndata: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}\n\n',
  text: (text) =>
    `event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":${JSON.stringify(text)}}}\n\n`,
  end:
    'event: content_block_stop\ndata: {"type":"content_block_stop","index":0}\n\n' +
    'event: message_delta\ndata: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":700}}\n\n' +
    'event: message_stop\ndata: {"type":"message_stop"}\n\n',
};

const chunk = (choices: string, more = ''): string =>
  `data: {"id":"chatcmpl-bench","object":"chat.completion.chunk","created":1,"model":"${MODEL}","choices":[${choices}]${more}}\n\n`;

export const OPENAI: Frames = {
  start: chunk('{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}'),
  text: (text) => chunk(`{"index":0,"delta":{"content":${JSON.stringify(text)}},"finish_reason":null}`),
  end: `${chunk('{"index":0,"delta":{},"finish_reason":"stop"}')}${chunk('', ',"usage":{"prompt_tokens":900,"completion_tokens":700,"total_tokens":1600}')}data: [DONE]\n\n`,
};

const WORDS = [
  'read',
  'the',
  'merged',
  'list',
  'and',
  'write',
  'one',
  'line',
  'for',
  'each',
  'change',
  'with',
  'its',
  'number',
];

/** The next piece of a draft, as long as two or three tokens, with the time in it. */
export function piece(index: number): string {
  if (index === 0) return `# Weekly notes\n\n## Steps\n${stamp()} `;
  return `${stamp()} ${WORDS[index % WORDS.length]}${index % 14 === 0 ? '.\n' : ' '}`;
}
