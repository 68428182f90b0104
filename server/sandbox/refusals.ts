import type { Dialect } from './routes.ts';
import { jsonAnswer, type Whole } from './send-whole.ts';

export interface Refusal {
  readonly status: number;
  readonly type: string;
  readonly message: string;
  /** The field that was wrong, where the dialect names it. */
  readonly param?: string | null;
  readonly code?: string | null;
}

/** A refusal in the dialect's own envelope. */
export function refusal(dialect: Dialect, refused: Refusal): Whole {
  const whole = jsonAnswer(refused.status, envelope(dialect, refused));
  if (dialect !== 'converse') return whole;
  // Amazon's client names its error by this.
  const type = refused.status === 404 ? 'ResourceNotFoundException' : 'ValidationException';
  return { ...whole, headers: { ...whole.headers, 'x-amzn-errortype': type } };
}

function envelope(dialect: Dialect, { status, type, message, param = null, code = null }: Refusal): unknown {
  switch (dialect) {
    case 'anthropic':
      return { type: 'error', error: { type, message }, request_id: null };
    case 'openrouter':
      return { error: { code: status, message } };
    case 'google':
    case 'gemini':
      return { error: { code: status, message, status: 'INVALID_ARGUMENT' } };
    case 'cohere':
    case 'cohere-chat':
      return { id: 'sandbox', message };
    case 'converse':
      return { message };
    case 'openai':
    case 'responses':
    case 'groq':
    case 'azure':
      return { error: { message, type, param, code } };
  }
}

export function invalidRequest(dialect: Dialect, refused: Omit<Refusal, 'status' | 'type'>): Whole {
  return refusal(dialect, { status: 400, type: 'invalid_request_error', ...refused });
}

export function notFound(dialect: Dialect, method: string, path: string): Whole {
  const type = dialect === 'anthropic' ? 'not_found_error' : 'invalid_request_error';
  return refusal(dialect, { status: 404, type, message: `Invalid URL (${method} ${path})` });
}
