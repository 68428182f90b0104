import type { Row } from '../refusal-case.ts';
import { ADDRESS, OVERLOADED, PAGE, REFUSED, REJECTED, TIMEOUT, TOO_LARGE } from '../wants.ts';

/** What stands on the way: gateways, proxies, guards. */
export const ON_THE_WAY: readonly Row[] = [
  [
    'Cloudflare, a challenge',
    'openai',
    403,
    '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head><body>Enable JavaScript and cookies to continue</body></html>',
    PAGE,
  ],
  [
    'Cloudflare, the origin is not reached',
    'mistral',
    523,
    '<!DOCTYPE html><html><head><title>api.mistral.ai | 523: Origin is unreachable</title></head><body></body></html>',
    OVERLOADED,
  ],
  [
    'Cloudflare, the origin is slow',
    'deepseek',
    524,
    '<!DOCTYPE html><html><head><title>api.deepseek.com | 524: A timeout occurred</title></head><body></body></html>',
    TIMEOUT,
  ],
  ['Cloudflare, a plain code', 'openai', 520, 'error code: 520', OVERLOADED],
  [
    'nginx, a body that is too large',
    undefined,
    413,
    '<html>\r\n<head><title>413 Request Entity Too Large</title></head>\r\n<body>\r\n<center><h1>413 Request Entity Too Large</h1></center>\r\n<hr><center>nginx/1.24.0</center>\r\n</body>\r\n</html>\r\n',
    TOO_LARGE,
  ],
  [
    'nginx, its upstream is slow',
    undefined,
    504,
    '<html><head><title>504 Gateway Time-out</title></head><body><center><h1>504 Gateway Time-out</h1></center></body></html>',
    TIMEOUT,
  ],
  [
    'Envoy, nobody behind it',
    undefined,
    503,
    'upstream connect error or disconnect/reset before headers. reset reason: connection failure',
    OVERLOADED,
  ],
  [
    'a corporate proxy, its own page',
    'anthropic',
    403,
    '<html><head><title>Access Denied</title></head><body>Zscaler: this web site was blocked by your organization’s policy: Generative AI</body></html>',
    PAGE,
  ],
  [
    'a corporate proxy, a sign-in page with 200',
    'openai',
    200,
    '<html><head><title>Sign in</title></head><body>Corporate network: please sign in</body></html>',
    PAGE,
  ],
  [
    'a gateway that knows no such path',
    undefined,
    404,
    {
      error: {
        message:
          'Unknown request URL: POST /chat/completions. Please check the URL for typos, or see the docs',
        type: 'invalid_request_error',
        code: 'unknown_url',
      },
    },
    ADDRESS,
  ],
  [
    'Portkey, a guard that said no',
    undefined,
    446,
    {
      error: {
        message:
          'The guardrail checks defined in the config failed. You can find more information in the `hook_results` object.',
        type: 'hooks_failed',
        param: null,
        code: null,
      },
    },
    REFUSED,
  ],
  [
    'Kong, a plug-in that wants a key',
    undefined,
    401,
    { message: 'No API key found in request', request_id: 'x' },
    REJECTED,
  ],
  ['Traefik, nothing behind it', undefined, 502, 'Bad Gateway', OVERLOADED],
  [
    'Squid, the host is not allowed',
    'openai',
    403,
    '<html><head><title>ERROR: The requested URL could not be retrieved</title></head><body><p>Access control configuration prevents your request from being allowed at this time.</p></body></html>',
    PAGE,
  ],
];
