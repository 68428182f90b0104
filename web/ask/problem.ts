/** Why a press went nowhere, with the field that it is about. Told at that field; goal and key stay. */
export interface Problem {
  readonly field: 'goal' | 'key' | 'model' | 'site' | 'cap' | 'provider';
  readonly message: string;
  /** A cap in USD that cannot be kept: one in tokens can. */
  readonly inTokens?: boolean;
}
