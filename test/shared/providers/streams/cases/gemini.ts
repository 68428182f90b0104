import { BUSY, LIMITED, type StreamCase } from './stream-case.ts';

const google = (parts: readonly object[], more: object = {}, top: object = {}): string =>
  `data: ${JSON.stringify({ candidates: [{ content: { parts, role: 'model' }, index: 0, ...more }], modelVersion: 'm', ...top })}\r\n\r\n`;
export const GEMINI: readonly StreamCase[] = [
  [
    'thoughts, code and pictures between',
    'gemini',
    google([{ text: 'hm', thought: true }]) +
      google([{ executableCode: { language: 'PYTHON', code: 'NO' } }]) +
      google([{ inlineData: { mimeType: 'image/png', data: 'NO' } }, { text: 'Hi' }]) +
      google(
        [{ text: '', thoughtSignature: 'x' }],
        { finishReason: 'STOP' },
        { usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 2, thoughtsTokenCount: 5 } },
      ),
    { text: 'Hi', finish: 'stop', usage: [3, 7], thoughtChars: 2 },
  ],
  [
    'an end without content',
    'gemini',
    `${google([{ text: 'Hi' }])}data: {"candidates":[{"finishReason":"MAX_TOKENS","index":0}]}\r\n\r\n`,
    { text: 'Hi', finish: 'length' },
  ],
  [
    'a prompt that is blocked, with its counts',
    'gemini',
    'data: {"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"},"usageMetadata":{"promptTokenCount":3}}\r\n\r\n',
    { text: '', finish: 'refusal' },
  ],
  [
    'a limit in the middle, with its time to wait',
    'gemini',
    `${google([{ text: 'Hi' }])}data: {"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"Resource exhausted.","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"34.4s"}]}}\r\n\r\n`,
    { text: 'Hi', fails: LIMITED, retry: 35 },
  ],
  [
    'an array over many lines, as without alt=sse',
    'gemini',
    `[${JSON.stringify({ candidates: [{ content: { parts: [{ text: 'H' }] } }] }, null, 2)}\n,\r\n${JSON.stringify({ candidates: [{ content: { parts: [{ text: 'i' }] }, finishReason: 'STOP' }] }, null, 2)}\n]\n`,
    { text: 'Hi', finish: 'stop' },
  ],
  [
    'an array whose last part is an error',
    'gemini',
    `[${JSON.stringify({ candidates: [{ content: { parts: [{ text: 'H' }] } }] }, null, 2)},\n${JSON.stringify({ error: { code: 503, status: 'UNAVAILABLE', message: 'The model is overloaded.' } }, null, 2)}]`,
    { text: 'H', fails: BUSY },
  ],
];
