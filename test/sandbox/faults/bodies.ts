/** A refusal as a provider sends it. `{date+n}` in a header becomes the HTTP date n seconds from now. */
export interface HttpFault {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Headers = Readonly<Record<string, string>>;
type Json = Readonly<Record<string, unknown>> | readonly unknown[];

export const json = (status: number, body: Json, headers: Headers = {}): HttpFault => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});
export const openAi = (
  status: number,
  message: string,
  { type, code, param = null }: { type: string; code: string | null; param?: string | null },
  headers?: Headers,
): HttpFault => json(status, { error: { message, type, param, code } }, headers);
export const anthropic = (
  status: number,
  type: string,
  message: string,
  { headers, details }: { headers?: Headers; details?: Json } = {},
): HttpFault => {
  const error = details === undefined ? { type, message } : { type, message, details };
  return json(status, { type: 'error', error, request_id: 'req_011CSandbox0000000000000' }, headers);
};
export const openRouter = (status: number, message: string, headers?: Headers, metadata?: Json): HttpFault =>
  json(
    status,
    { error: { code: status, message, ...(metadata ? { metadata } : {}) }, user_id: 'user_sandbox' },
    headers,
  );
export const google = (status: number, state: string, message: string, details?: Json): HttpFault =>
  json(status, { error: { code: status, message, status: state, ...(details ? { details } : {}) } });
export const cohere = (status: number, message: string, headers?: Headers): HttpFault =>
  json(status, { id: '8bd5b608-887c-49f7-a6b3-d3bd5830c3de', message }, headers);
