import * as z from 'zod/mini';

export const PHASES = ['classifying', 'planning', 'drafting', 'analyzing'] as const;
export const phaseName = z.enum(PHASES);
export type PhaseName = z.infer<typeof phaseName>;
