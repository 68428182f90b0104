import type { Context } from 'hono';
import type { Kysely } from 'kysely';
import type * as z from 'zod/mini';
import type { CriticReport } from '../../shared/contract/author/critic.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import { MAX_PUBLISH_BYTES, publishBundle, type Visibility } from '../../shared/contract/registry.ts';
import type { Who, WhoVariables } from '../access/who.ts';
import type { Audit } from '../audit/create-audit.ts';
import { whoToEvent } from '../audit/who-to-event.ts';
import { failureResponse } from '../http/failure-response.ts';
import { type IdempotencyKey, readIdempotencyKey } from '../http/idempotency-key.ts';
import { parseJson, readBody } from '../http/read-json.ts';
import type { Database } from '../storage/database.ts';
import { type CheckedBundle, checkBundle, gate } from './check-bundle.ts';
import { consultCritic, criticGate, criticStanding } from './critic/consult-critic.ts';
import type { Critic } from './critic/critic.ts';
import { dropDraft } from './publish-draft-store.ts';
import { PublishRefused, wouldRefuse } from './publish-rules.ts';
import { type Publication, publishedBefore, storeBundle, type Taken } from './publish-store.ts';
import { readBundle } from './read-store.ts';
import { usableKey } from './signing-key-store.ts';

export interface PublishParts {
  readonly db: Kysely<Database>;
  readonly audit: Audit;
  /** Something is public that was not before. */
  readonly onPublished: () => Promise<void>;
  readonly critic: Critic | undefined;
}

type PublishContext = Context<WhoVariables>;
type Wish = z.output<typeof publishBundle>;

/** `POST /v1/bundles`: checks everything, then stores all of the bundle with its entry in the audit log, or nothing. */
export async function publish(c: PublishContext, parts: PublishParts): Promise<Response> {
  const bytes = await readBody(c, { maxBytes: MAX_PUBLISH_BYTES });
  if (!bytes.ok) return failureResponse(c, bytes.failure);
  const body = parseJson(bytes.value, publishBundle);
  if (!body.ok) return failureResponse(c, body.failure);
  const key = readIdempotencyKey(c, bytes.value);
  if (!key.ok) return failureResponse(c, key.failure);
  const wish = body.value;
  const { who } = c.var;

  const spki = wish.dryRun ? undefined : wish.signingKey && (await usableKey(parts.db, who, wish.signingKey));
  if (!wish.dryRun && !spki) return failureResponse(c, noKey(wish));
  const checked = await checkBundle(wish, who.handle, spki || undefined);
  if (!checked.ok) return failureResponse(c, checked.failure);
  if (wish.dryRun) return dryRun(c, wish, checked.value, parts);
  const refusal = gate(checked.value);
  if (refusal) return failureResponse(c, refusal);

  try {
    const visibility = { visibility: wish.visibility, idempotency: key.value };
    const critic = await finalWord(parts, who, checked.value, visibility);
    const held = criticGate(critic);
    if (held) return failureResponse(c, held);
    const outcome = await store(c, parts, wish, {
      checked: checked.value,
      critic,
      idempotencyKey: key.value,
    });
    if (outcome === 'published') await parts.onPublished();
    const { name, version } = checked.value.manifest;
    const bundle = await readBundle(parts.db, who, { owner: who.handle, name, version });
    return c.json({ published: true, bundle }, outcome === 'published' ? 201 : 200);
  } catch (error) {
    if (error instanceof PublishRefused) return failureResponse(c, error.failure);
    throw error;
  }
}

type Ready = Pick<Publication, 'checked' | 'critic' | 'idempotencyKey'>;

/** The bundle and its entry in the audit log, or neither. */
async function store(c: PublishContext, { audit }: PublishParts, wish: Wish, ready: Ready): Promise<Taken> {
  const { who } = c.var;
  const { manifest } = ready.checked;
  return audit.transact(async (trx, record) => {
    // again, and locked: it may have been revoked while the bundle was checked
    if (!(await usableKey(trx, who, wish.signingKey ?? ''))) throw new PublishRefused(noKey(wish));
    const stored = await storeBundle(trx, who, {
      ...ready,
      manifestText: wish.manifest,
      signature: wish.signature ?? '',
      signingKey: wish.signingKey ?? '',
      visibility: wish.visibility,
      planId: wish.planId,
    });
    if (stored === 'already') return stored;
    const detail = {
      version: manifest.version,
      visibility: wish.visibility,
      skills: manifest.skills.length,
      ...(ready.critic && { critic: ready.critic.opinion?.verdict ?? ready.critic.missing?.why ?? 'failed' }),
    };
    await record(whoToEvent(c, { action: 'bundle.publish', outcome: 'ok', subject: manifest.name, detail }));
    if (wish.planId !== undefined) await dropDraft(trx, who, wish.planId);
    return stored;
  });
}

/**
 * What the critic says of it, asked where nothing else is in the bundle's way: what is refused anyway costs nothing, and neither does a
 * publication that is repeated.
 */
async function finalWord(
  { db, critic }: PublishParts,
  who: Who,
  checked: CheckedBundle,
  {
    visibility,
    idempotency,
  }: { readonly visibility: Visibility; readonly idempotency: IdempotencyKey | undefined },
): Promise<CriticReport | undefined> {
  if (!critic || (await publishedBefore(db, who, idempotency))) return undefined;
  const refusal = await wouldRefuse(db, who, checked, visibility);
  if (refusal) throw new PublishRefused(refusal);
  return consultCritic(db, critic, checked, who.userId);
}

/** Exactly what would be public, and what is in its way. */
async function dryRun(
  c: PublishContext,
  wish: Wish,
  checked: CheckedBundle,
  { db, critic }: PublishParts,
): Promise<Response> {
  const refusal = await wouldRefuse(db, c.var.who, checked, wish.visibility);
  if (refusal) return failureResponse(c, refusal);
  const { manifest, skills } = checked;
  const said = critic && (await criticStanding(db, critic, checked));
  return c.json({
    published: false,
    bundle: {
      publisher: manifest.publisher,
      name: manifest.name,
      version: manifest.version,
      description: manifest.description,
      licence: manifest.licence,
      visibility: wish.visibility,
      goal: manifest.goal ?? null,
      categories: manifest.categories ?? [],
      provenance: manifest.provenance ?? null,
      signingKey: null,
      manifest: null,
      signature: null,
      publishedAt: null,
      versions: [],
      ...(said && { critic: said }),
      skills: skills.map((skill) => ({
        publisher: manifest.publisher,
        name: skill.name,
        version: skill.version,
        description: skill.description,
        licence: skill.licence ?? null,
        contentDigest: skill.contentDigest,
        archiveDigest: null,
        verdict: skill.verdict,
        findings: skill.findings,
        acknowledgement: skill.acknowledgement,
        files: skill.files.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 })),
      })),
    },
  });
}

function noKey({ signingKey }: Wish): Failure {
  return {
    code: 'invalid_field',
    field: 'signingKey',
    message: signingKey
      ? 'You have no such signing key, or it is revoked. Register a new one and sign again.'
      : 'Name the signing key that signed this, or send dryRun.',
  };
}
