import type { Mac } from '../format/workspace-secret.ts';

/** A secret that this server does not keep in its database, or the way to one: all that it does is a keyed MAC. */
export interface Root {
  /** Stands with every row that it wrapped. */
  readonly id: string;
  readonly mac: Mac;
}

/** The root cannot be used, or is another one. The message says what to do; it is for the operator and holds no secret. */
export class VaultSealed extends Error {
  override readonly name = 'VaultSealed';
}
