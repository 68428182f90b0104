import * as z from 'zod/mini';
import { AUTH_BODIES } from '../../shared/contract/account.ts';
import type { Failure } from '../../shared/contract/failure.ts';

/** Which of the two the form is for. */
export type Entry = 'sign-in' | 'sign-up';

type SignInBody = z.infer<(typeof AUTH_BODIES)['/sign-in/email']>;
type SignUpBody = z.infer<(typeof AUTH_BODIES)['/sign-up/email']>;

export type CheckedEntry =
  | { readonly kind: 'sign-in'; readonly body: SignInBody }
  | { readonly kind: 'sign-up'; readonly body: SignUpBody }
  | { readonly kind: 'problem'; readonly failure: Failure };

/** Checks by the contract before anything is sent. */
export function checkEntry(entry: Entry, form: FormData): CheckedEntry {
  const text = (name: string): string => String(form.get(name) ?? '');
  const base = { email: text('email').trim(), password: text('password') };
  if (entry === 'sign-in') {
    const parsed = z.safeParse(AUTH_BODIES['/sign-in/email'], base);
    return parsed.success ? { kind: 'sign-in', body: parsed.data } : firstProblem(parsed.error, base);
  }
  const body = { ...base, handle: text('handle').trim() };
  const parsed = z.safeParse(AUTH_BODIES['/sign-up/email'], body);
  return parsed.success ? { kind: 'sign-up', body: parsed.data } : firstProblem(parsed.error, body);
}

function firstProblem({ issues }: z.core.$ZodError, body: Readonly<Record<string, string>>): CheckedEntry {
  const [issue] = issues;
  const field = String(issue?.path[0] ?? 'email');
  return {
    kind: 'problem',
    failure: { code: 'invalid_field', message: sentence(field, body, issue?.message), field },
  };
}

/** The contract's sentence, but for a field that was left empty, and where it has none of its own. */
function sentence(
  field: string,
  body: Readonly<Record<string, string>>,
  message: string | undefined,
): string {
  if (body[field] === '') return EMPTY[field] ?? 'Fill this in.';
  return message === undefined || message === 'Invalid input'
    ? 'This is too long to be right. Check it.'
    : message;
}

const EMPTY: Readonly<Record<string, string>> = {
  email: 'Type your e-mail address.',
  handle: 'Choose a handle.',
  password: 'Type your password.',
};
