import { timingSafeEqual } from 'node:crypto';
import type { Kysely, Selectable } from 'kysely';
import type { Database } from '../storage/database.ts';
import { derive, joinFields } from './format/fields.ts';
import {
  makeWorkspaceSecret,
  unwrapWorkspaceSecret,
  wrapWorkspaceSecret,
} from './format/workspace-secret.ts';
import { type Root, VaultSealed } from './roots/root.ts';
import type { VaultWorkspacesTable } from './vault-tables.ts';

type VaultRow = Selectable<VaultWorkspacesTable>;
type Work<T> = (secret: Buffer, vault: VaultRow) => Promise<T>;
const PROOF = 'oneturn vault 1 proof';

/** `fault`: why this one was left. */
export interface Rewrapped {
  readonly workspaceId: string;
  readonly fault: string | undefined;
}

/**
 * The workspaces' secrets, each for the time of one piece of work: nothing of a root's answers is kept, so that a KMS that is switched off
 * stops the vault at once. All methods throw `VaultSealed` where a root does not answer or is another one.
 */
export class WorkspaceSecrets {
  readonly #db: Kysely<Database>;
  readonly #roots: readonly Root[];
  /** Those that were found to be the ones of this database. That says nothing of whether they still answer. */
  readonly #proven = new Set<string>();

  /** The first of the roots wraps; all of them open. */
  constructor(db: Kysely<Database>, roots: readonly Root[]) {
    this.#db = db;
    this.#roots = roots;
  }

  /** That the root which wraps is the one that this database knows by its name. */
  async ready(): Promise<void> {
    await this.#first();
  }

  /** Undefined: this workspace has stored nothing yet. The secret is wiped behind `work`. */
  async withSecret<T>(workspaceId: string, work: Work<T>): Promise<T | undefined> {
    const vault = await this.#find(workspaceId);
    return vault && this.#open(vault, work);
  }

  /** The same; what is not there is made. */
  async withSecretMade<T>(workspaceId: string, work: Work<T>): Promise<T> {
    if ((await this.#find(workspaceId)) === undefined) await this.#make(workspaceId);
    const vault = await this.#find(workspaceId);
    if (vault === undefined)
      throw new Error(`the workspace ${workspaceId} was deleted while a key was stored for it`);
    return this.#open(vault, work);
  }

  /**
   * Wraps by the first root the next secret behind that workspace's that another one wraps. Undefined: none was left. One that does not open
   * is left as it is, and told with the reason.
   */
  async rewrapNext(behind: string): Promise<Rewrapped | undefined> {
    const root = await this.#first();
    const vault = await this.#db
      .selectFrom('vault_workspaces')
      .selectAll()
      .where('root_id', '!=', root.id)
      .where('workspace_id', '>', behind)
      .orderBy('workspace_id')
      .limit(1)
      .executeTakeFirst();
    if (vault === undefined) return undefined;
    const { workspace_id: workspaceId, generation } = vault;
    const wrapped = await this.#open(vault, (secret) =>
      wrapWorkspaceSecret(secret, { rootId: root.id, workspaceId, generation }, root.mac),
    ).catch((error: unknown) => {
      if (error instanceof VaultSealed) return error;
      throw error;
    });
    if (wrapped instanceof VaultSealed) return { workspaceId, fault: wrapped.message };
    // of two that rewrap at once, one changes the row
    await this.#db
      .updateTable('vault_workspaces')
      .set({ root_id: root.id, wrapped })
      .where('workspace_id', '=', workspaceId)
      .where('root_id', '=', vault.root_id)
      .execute();
    return { workspaceId, fault: undefined };
  }

  async #find(workspaceId: string): Promise<VaultRow | undefined> {
    return this.#db
      .selectFrom('vault_workspaces')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .executeTakeFirst();
  }

  async #make(workspaceId: string): Promise<void> {
    const root = await this.#first();
    const secret = makeWorkspaceSecret();
    try {
      const wrapping = { rootId: root.id, workspaceId, generation: 1 };
      const wrapped = await wrapWorkspaceSecret(secret, wrapping, root.mac);
      await this.#db
        .insertInto('vault_workspaces')
        .values({ workspace_id: workspaceId, root_id: root.id, wrapped, max_age_days: null })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    } finally {
      secret.fill(0);
    }
  }

  async #open<T>(vault: VaultRow, work: Work<T>): Promise<T> {
    const { root_id: rootId, workspace_id: workspaceId, generation, wrapped } = vault;
    const root = this.#roots.find(({ id }) => id === rootId);
    if (root === undefined)
      throw new VaultSealed(
        `The root ${rootId} is not in VAULT_ROOTS, and keys are wrapped by it. Add it at the end.`,
      );
    await this.#prove(root);
    const secret = await unwrapWorkspaceSecret(wrapped, { rootId, workspaceId, generation }, root.mac);
    if (secret === undefined)
      throw new VaultSealed(
        `The secret of workspace ${workspaceId} does not open by the root ${rootId}: the row was changed, or the root’s answer is wrong.`,
      );
    try {
      return await work(secret, vault);
    } finally {
      secret.fill(0);
    }
  }

  async #first(): Promise<Root> {
    const [root] = this.#roots;
    if (root === undefined) throw new VaultSealed('VAULT_ROOTS names no root. Make one: npm run vault:init.');
    await this.#prove(root);
    return root;
  }

  async #prove(root: Root): Promise<void> {
    if (this.#proven.has(root.id)) return;
    const code = await root.mac(joinFields(PROOF, root.id));
    const proof = derive(code, Buffer.alloc(0), joinFields(PROOF), 32);
    code.fill(0);
    await this.#db
      .insertInto('vault_roots')
      .values({ root_id: root.id, proof })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const known = await this.#db
      .selectFrom('vault_roots')
      .select('proof')
      .where('root_id', '=', root.id)
      .executeTakeFirstOrThrow();
    if (known.proof.length !== proof.length || !timingSafeEqual(known.proof, proof))
      throw new VaultSealed(
        `The root ${root.id} is not the one that this database knows by that name. Put the right one back, or give this one a name of its own in VAULT_ROOTS.`,
      );
    this.#proven.add(root.id);
  }
}
