/** Bodies of refusals, as each format has them. */
export const openAi = (message: string, more: object = {}): object => ({
  error: { message, type: 'invalid_request_error', param: null, code: null, ...more },
});

export const google = (
  code: number,
  status: string,
  message: string,
  details: readonly object[] = [],
): object => ({ error: { code, message, status, details } });

/** As Google's OpenAI-compatible endpoint wraps it. */
export const googleArray = (
  code: number,
  status: string,
  message: string,
  details: readonly object[] = [],
): object => [google(code, status, message, details)];

export const anthropic = (type: string, message: string): object => ({
  type: 'error',
  error: { type, message },
});

/** With the number of the request, as Anthropic sends it. */
export const anthropicAnswer = (type: string, message: string): object => ({
  ...anthropic(type, message),
  request_id: 'req_1',
});

/** OpenRouter's own sentence, with what the provider behind it said. */
export const behind = (code: number, provider_name: string, raw: string): object => ({
  error: { code, message: 'Provider returned error', metadata: { provider_name, raw } },
});

export const aws = (name: string): Readonly<Record<string, string>> => ({ 'x-amzn-errortype': name });
