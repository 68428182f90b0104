import type { Hono } from 'hono';
import type { FindWho } from '../../../server/access/who.ts';
import type { Audit } from '../../../server/audit/create-audit.ts';
import { createRegistry, type Registry } from '../../../server/registry/create-registry.ts';
import type { Critic } from '../../../server/registry/critic/critic.ts';
import type { Storage } from '../../../server/storage/start-storage.ts';
import { makeSigner, registrationOf, type TestSigner } from '../../shared/signing/signer.ts';
import { type Answer, type Client, signUp, testAccounts } from '../accounts/accounts-app.ts';
import { quiet } from '../database.ts';
import { signedBundle, type Wish } from './author.ts';

/** The registry beside accounts on a real database, and authors who publish in it. */

export interface Author {
  readonly client: Client;
  readonly handle: string;
  readonly signer: TestSigner;
}

export function testRegistry(
  storage: Storage,
  now: () => number = () => 0,
  critic?: Critic,
): { readonly app: Hono; readonly registry: Registry; readonly audit: Audit; readonly findWho: FindWho } {
  const { app, audit, findWho } = testAccounts(storage);
  const addressOf = () => '192.0.2.1';
  const registry = createRegistry({
    ...{ db: storage.db, audit, findWho, log: quiet },
    ...{ addressOf, now, critic },
  });
  void registry.stop();
  app.route('/', registry.routes);
  return { app, registry, audit, findWho };
}

export async function signUpAuthor(app: Hono, handle: string): Promise<Author> {
  const client = await signUp(app, handle);
  const signer = await makeSigner();
  const answer = await client.send('POST', '/v1/signing-keys', await registrationOf(handle, signer));
  if (answer.status !== 201) throw new Error(`signing key of ${handle}: ${answer.status} ${answer.text}`);
  return { client, handle, signer };
}

export async function sendBundle(
  { client, handle, signer }: Author,
  wish: Omit<Wish, 'handle'>,
): Promise<Answer> {
  return client.send('POST', '/v1/bundles', await signedBundle({ handle, ...wish }, signer));
}

/** Throws where it is refused. */
export async function publishAs(author: Author, wish: Omit<Wish, 'handle'>): Promise<Answer> {
  const answer = await sendBundle(author, wish);
  if (answer.status !== 201)
    throw new Error(`${wish.name} of ${author.handle}: ${answer.status} ${answer.text}`);
  return answer;
}

/** Of all tables that publishing writes. */
export async function countRows({ db }: Storage): Promise<number> {
  const counts = await Promise.all(
    (['bundles', 'skill_versions', 'skill_files', 'bundle_skills', 'skill_names'] as const).map((table) =>
      db
        .selectFrom(table)
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow(),
    ),
  );
  return counts.reduce((sum, { n }) => sum + Number(n), 0);
}
