import * as z from 'zod/mini';
import { AUTH_BODIES } from '../../shared/contract/account.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import type { Entry } from './sign-in-form.tsx';

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
  // The contract's own sentence is for those who typed too much.
  if (base.password === '') return problem('password', 'Type your password.');
  if (entry === 'sign-in') {
    const parsed = z.safeParse(AUTH_BODIES['/sign-in/email'], base);
    return parsed.success ? { kind: 'sign-in', body: parsed.data } : firstProblem(parsed.error);
  }
  const parsed = z.safeParse(AUTH_BODIES['/sign-up/email'], { ...base, handle: text('handle').trim() });
  return parsed.success ? { kind: 'sign-up', body: parsed.data } : firstProblem(parsed.error);
}

function firstProblem({ issues }: z.core.$ZodError): CheckedEntry {
  const field = String(issues[0]?.path[0] ?? 'email');
  const message = issues[0]?.message ?? '';
  return problem(field, message === '' || message === 'Invalid input' ? 'This cannot be used. Check it.' : message);
}

function problem(field: string, message: string): CheckedEntry {
  return { kind: 'problem', failure: { code: 'invalid_field', message, field } };
}
