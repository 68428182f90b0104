import type { Row } from '../refusal-case.ts';
import {
  ADDRESS,
  BAD_REQUEST,
  CONTEXT,
  LIMITED,
  LOADING,
  NO_MODEL,
  OUTPUT,
  OVERLOADED,
  PAGE,
  REFUSED,
  TIMEOUT,
  TOO_LARGE,
} from '../wants.ts';

const page = (title: string, text = ''): string =>
  `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center><p>${text}</p></body>\r\n</html>`;

/** Judged before they were read, 2026-11-28, second round, in words that no vendor is known to use: about the request, the model and the server. */
export const SECOND_CALL: readonly Row[] = [
  [
    'a gateway, retired',
    undefined,
    410,
    { error: { message: 'llama-2-70b was retired on March 1.', code: 'gone' } },
    NO_MODEL,
  ],
  [
    'a gateway, alias',
    undefined,
    400,
    { error: { message: 'There is no model by the name of "fast-1". Did you mean "fast-2"?' } },
    NO_MODEL,
  ],
  [
    'a gateway, list',
    undefined,
    422,
    { detail: [{ loc: ['body', 'model'], msg: "Input should be 'a-1' or 'a-2'", type: 'enum' }] },
    NO_MODEL,
  ],
  [
    'a server, weights',
    undefined,
    500,
    { error: 'cannot open model weights for mixtral: no such file' },
    NO_MODEL,
  ],
  [
    'a gateway, route',
    undefined,
    400,
    {
      error: {
        message: 'Could not route model "zeta": no provider configured for it',
        code: 'no_route_for_model',
      },
    },
    NO_MODEL,
  ],
  [
    'a gateway, window',
    undefined,
    400,
    {
      error: {
        message: 'Your messages come to 212,004 tokens, more than the 200,000 that fit.',
        code: 'prompt_overflow',
      },
    },
    CONTEXT,
  ],
  [
    'a server, n_ctx',
    undefined,
    500,
    { error: { message: 'the prompt (9021 tokens) does not fit into n_ctx = 8192' } },
    CONTEXT,
  ],
  [
    'a gateway, output',
    undefined,
    400,
    {
      error: {
        message: 'max_output_tokens of 64000 is more than the 8192 this model can write.',
        param: 'max_output_tokens',
      },
    },
    OUTPUT,
  ],
  ['a gateway, ceiling', undefined, 422, { error: { message: 'Ceiling for max_tokens is 4096' } }, OUTPUT],
  [
    'a gateway, unsafe',
    undefined,
    400,
    {
      error: {
        message: 'We cannot process this request as it may violate our acceptable use policy.',
        code: 'aup_violation',
      },
    },
    REFUSED,
  ],
  [
    'a gateway, screen',
    undefined,
    422,
    { error: { message: 'Prompt rejected by safety screening (category: self-harm)', type: 'safety' } },
    REFUSED,
  ],
  [
    'a gateway, guard',
    undefined,
    446,
    {
      hook_results: { before_request_hooks: [] },
      error: { message: 'The guardrail checks failed', type: 'hooks_failed' },
    },
    REFUSED,
  ],
  [
    'a gateway, too fast',
    undefined,
    400,
    { error: { message: 'Easy there: you may send 3 requests every 10 seconds.', code: 'too_fast' } },
    LIMITED,
  ],
  [
    'a gateway, parallel',
    undefined,
    403,
    { error: { message: 'Only 2 calls may be in flight at the same time.', code: 'parallelism' } },
    LIMITED,
  ],
  [
    'a gateway, busy',
    undefined,
    429,
    { error: { message: 'All GPUs are busy at the moment.', code: 'no_gpu' } },
    OVERLOADED,
  ],
  ['a server, queue', undefined, 500, { detail: 'Queue is full, come back later' }, OVERLOADED],
  [
    'a gateway, upstream',
    undefined,
    500,
    { error: { message: 'Upstream did not answer in time', code: 'upstream_timeout' } },
    TIMEOUT,
  ],
  [
    'a server, weights coming',
    undefined,
    503,
    { detail: 'Model weights are still being fetched, 40 % done' },
    LOADING,
  ],
  ['nginx, body', undefined, 413, page('413 Request Entity Too Large', 'nginx'), TOO_LARGE],
  [
    'Apache, path',
    undefined,
    404,
    page('404 Not Found', 'The requested URL was not found on this server.'),
    ADDRESS,
  ],
  [
    'a proxy, sign in',
    'openai',
    403,
    page('Blocked by your organisation', 'Access to this web site is blocked.'),
    PAGE,
  ],
  [
    'a gateway, field',
    undefined,
    400,
    { error: { message: 'temperature has to lie between 0 and 1', param: 'temperature' } },
    BAD_REQUEST,
  ],
];
