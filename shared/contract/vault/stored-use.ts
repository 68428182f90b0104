import * as z from 'zod/mini';
import { storedKey } from './stored-key.ts';

const { id, name, provider, site, lastFour, scope, model } = storedKey.shape;

/** Why it was that key: it was the default of the scope when the run began, and the run keeps it to its end. */
export const keyChoice = z.enum(['default of the workspace']);

/** The stored key that a run is on. It stays in the run's record when the key is gone. */
export const storedUse = z.object({ id, name, lastFour, scope, why: keyChoice });
export type StoredUse = z.infer<typeof storedUse>;

/** What a run on a stored key would take now, for each provider and site that has a default. `model` is the one that it was checked with. */
export const storedOffer = z.object({ provider, site, model, name, lastFour, scope });
export type StoredOffer = z.infer<typeof storedOffer>;
