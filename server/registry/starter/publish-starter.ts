import { type Kysely, sql } from 'kysely';
import { fromBase64 } from '../../../shared/signing/base64.ts';
import { type PublicSigningKey, readSigningKey } from '../../../shared/signing/signing-key.ts';
import type { Database } from '../../storage/database.ts';
import { storageFields } from '../../storage/storage-error.ts';
import type { Log } from '../../telemetry/log.ts';
import { checkBundle, gate } from '../check-bundle.ts';
import { PublishRefused } from '../publish-rules.ts';
import { storeBundle } from '../publish-store.ts';
import { SIGNED_STARTER } from './signed-starter.ts';
import { STARTER_PUBLISHER, STARTER_VERSION, starterFiles } from './starter-bundles.ts';
import type { StarterSkill } from './starter-skill.ts';
import { STARTER_SKILLS } from './starter-skills.ts';

const OWNER = { userId: STARTER_PUBLISHER, workspaceId: STARTER_PUBLISHER, handle: STARTER_PUBLISHER };

/**
 * Publishes those skills of the starter catalogue that are not there yet, by the same checks as anybody's. Its publisher is an account
 * without a password and without members. A name that somebody else has is left to them. Never rejects.
 */
export async function publishStarter(db: Kysely<Database>, log: Log): Promise<void> {
  try {
    const known = await db
      .selectFrom('bundles')
      .select('name')
      .where('handle', '=', STARTER_PUBLISHER)
      .where('version', '=', STARTER_VERSION)
      .execute();
    const there = new Set(known.map(({ name }) => name));
    const missing = STARTER_SKILLS.filter(({ name }) => !there.has(name));
    const spki = fromBase64(SIGNED_STARTER.publicKey);
    const key = spki && (await readSigningKey(spki));
    if (!key || missing.length === 0) return;
    await register(db, key);
    for (const skill of missing) await publishOne(db, log, skill, key);
  } catch (error) {
    log.warn('the starter catalogue is not published yet', storageFields(error));
  }
}

async function register(db: Kysely<Database>, key: PublicSigningKey): Promise<void> {
  const id = STARTER_PUBLISHER;
  await sql`
    insert into users (id, name, email, "emailVerified", handle) values (${id}, 'Oneturn', 'oneturn@starter.invalid', false, ${id})
    on conflict do nothing
  `.execute(db);
  await db
    .insertInto('workspaces')
    .values({ id, name: 'Oneturn', slug: id, createdAt: new Date() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await db
    .insertInto('signing_keys')
    .values({
      ...{ key_id: key.id, owner_id: id, handle: id },
      ...{ name: `starter ${STARTER_VERSION}`, spki: Buffer.from(key.spki) },
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function publishOne(
  db: Kysely<Database>,
  log: Log,
  skill: StarterSkill,
  key: PublicSigningKey,
): Promise<void> {
  const signed = SIGNED_STARTER.skills[skill.name];
  if (!signed) return;
  const { manifest, signature, skillSignature } = signed;
  const skills = [{ files: starterFiles(skill), signature: skillSignature }];
  const wish = {
    manifest,
    signature,
    signingKey: key.id,
    visibility: 'public' as const,
    skills,
    acknowledgements: [],
  };
  const checked = await checkBundle(wish, STARTER_PUBLISHER, key.spki);
  const failure = checked.ok ? gate(checked.value) : checked.failure;
  if (!checked.ok || failure) {
    log.warn('a skill of the starter catalogue is not as it was signed', { skill: skill.name });
    return;
  }
  const publication = {
    ...{ checked: checked.value, manifestText: manifest, signature, signingKey: key.id },
    ...({ visibility: 'public', planId: undefined, critic: undefined, idempotencyKey: undefined } as const),
  };
  try {
    await db.transaction().execute((trx) => storeBundle(trx, OWNER, publication));
  } catch (error) {
    // another process was first, or somebody has a name like it
    if (!(error instanceof PublishRefused)) throw error;
  }
}
