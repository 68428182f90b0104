import type { Context } from 'hono';
import type { Kysely } from 'kysely';
import { MAX_PUBLISH_BYTES, publishBundle } from '../../../shared/contract/registry.ts';
import type { WhoVariables } from '../../access/who.ts';
import { failureResponse } from '../../http/failure-response.ts';
import { readJson } from '../../http/read-json.ts';
import type { Database } from '../../storage/database.ts';
import { checkBundle, gate } from '../check-bundle.ts';
import { wouldRefuse } from '../publish-rules.ts';
import { consultCritic } from './consult-critic.ts';
import type { Critic } from './critic.ts';

/**
 * `POST /v1/critiques`: the critic's word on a bundle, before its author commits to it. Only what could be published otherwise is read, and
 * nothing is stored of it but that word.
 */
export async function critiqueRoute(
  c: Context<WhoVariables>,
  { db, critic }: { readonly db: Kysely<Database>; readonly critic: Critic | undefined },
): Promise<Response> {
  const body = await readJson(c, publishBundle, { maxBytes: MAX_PUBLISH_BYTES });
  if (!body.ok) return failureResponse(c, body.failure);
  const { who } = c.var;
  const checked = await checkBundle(body.value, who.handle, undefined);
  if (!checked.ok) return failureResponse(c, checked.failure);
  const refusal = gate(checked.value) ?? (await wouldRefuse(db, who, checked.value, body.value.visibility));
  if (refusal) return failureResponse(c, refusal);
  const report = critic && (await consultCritic(db, critic, checked.value, who.userId));
  return c.json({ critic: report ?? null });
}
