import * as z from 'zod/mini';
import { type Failure, failureBody } from '../../shared/contract/failure.ts';

/** The failure that an answer tells of; a plain sentence when it is not one of ours (a proxy's page, say). */
export async function readFailure(response: Response): Promise<Failure> {
  const body: unknown = await response.json().catch(() => undefined);
  const parsed = z.safeParse(failureBody, body);
  if (parsed.success) return parsed.data.error;
  return {
    code: 'internal',
    message: `The server answered ${response.status} and did not say why. Try again in a moment.`,
  };
}
