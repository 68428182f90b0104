import { type HttpFault, json } from './bodies.ts';

const HTML =
  '<!doctype html><html><head><title>Sign in</title></head><body><h1>Welcome to the guest network</h1></body></html>';

/** Of servers of one’s own, of pages in between, and of answers that are none. */
export const OTHER_FAULTS = {
  'llama-503': json(503, { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } }),
  'html-200': { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: HTML },
  'html-502': {
    status: 502,
    headers: { 'content-type': 'text/html' },
    body: '<html><body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>',
  },
  'json-error-200': json(200, {
    error: {
      message: 'The server had an error while processing your request.',
      type: 'server_error',
      param: null,
      code: null,
    },
  }),
  'json-200': json(200, { id: 'chatcmpl-x', object: 'chat.completion', choices: [] }),
  'empty-200': { status: 200, headers: { 'content-type': 'text/event-stream' }, body: '' },
  'empty-204': { status: 204, headers: {}, body: '' },
  'wrong-type-200': {
    status: 200,
    headers: { 'content-type': 'text/plain' },
    body: 'It works!\n',
  },
} as const satisfies Readonly<Record<string, HttpFault>>;
