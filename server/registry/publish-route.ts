import type { Context } from 'hono';
import type { Kysely } from 'kysely';
import type * as z from 'zod/mini';
import type { Failure } from '../../shared/contract/failure.ts';
import { MAX_PUBLISH_BYTES, publishBundle } from '../../shared/contract/registry.ts';
import type { WhoVariables } from '../access/who.ts';
import type { Audit } from '../audit/create-audit.ts';
import { whoToEvent } from '../audit/who-to-event.ts';
import { failureResponse } from '../http/failure-response.ts';
import { readIdempotencyKey } from '../http/idempotency-key.ts';
import { parseJson, readBody } from '../http/read-json.ts';
import type { Database } from '../storage/database.ts';
import { type CheckedBundle, checkBundle, gate } from './check-bundle.ts';
import { dropDraft } from './publish-draft-store.ts';
import { PublishRefused, wouldRefuse } from './publish-rules.ts';
import { storeBundle } from './publish-store.ts';
import { readBundle } from './read-store.ts';
import { usableKey } from './signing-key-store.ts';

export interface PublishParts {
  readonly db: Kysely<Database>;
  readonly audit: Audit;
  /** Something is public that was not before. */
  readonly onPublished: () => Promise<void>;
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
  if (wish.dryRun) return dryRun(c, wish, checked.value, parts.db);
  const refusal = gate(checked.value);
  if (refusal) return failureResponse(c, refusal);

  const { manifest } = checked.value;
  try {
    const outcome = await parts.audit.transact(async (trx, record) => {
      // again, and locked: it may have been revoked while the bundle was checked
      if (!(await usableKey(trx, who, wish.signingKey ?? ''))) throw new PublishRefused(noKey(wish));
      const stored = await storeBundle(trx, who, {
        checked: checked.value,
        manifestText: wish.manifest,
        signature: wish.signature ?? '',
        signingKey: wish.signingKey ?? '',
        visibility: wish.visibility,
        planId: wish.planId,
        idempotencyKey: key.value,
      });
      const detail = {
        version: manifest.version,
        visibility: wish.visibility,
        skills: manifest.skills.length,
      };
      if (stored === 'published') {
        await record(
          whoToEvent(c, { action: 'bundle.publish', outcome: 'ok', subject: manifest.name, detail }),
        );
        if (wish.planId !== undefined) await dropDraft(trx, who, wish.planId);
      }
      return stored;
    });
    if (outcome === 'published') await parts.onPublished();
    const { name, version } = manifest;
    const bundle = await readBundle(parts.db, who, { owner: who.handle, name, version });
    return c.json({ published: true, bundle }, outcome === 'published' ? 201 : 200);
  } catch (error) {
    if (error instanceof PublishRefused) return failureResponse(c, error.failure);
    throw error;
  }
}

/** Exactly what would be public, and what is in its way. */
async function dryRun(
  c: PublishContext,
  wish: Wish,
  checked: CheckedBundle,
  db: Kysely<Database>,
): Promise<Response> {
  const refusal = await wouldRefuse(db, c.var.who, checked, wish.visibility);
  if (refusal) return failureResponse(c, refusal);
  const { manifest, skills } = checked;
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
