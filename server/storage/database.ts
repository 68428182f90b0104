import type { ColumnType } from 'kysely';

/**
 * The tables that our own queries touch, by name. Each feature adds its own with `declare module`, in its `…-tables.ts`, so that storage
 * imports no feature.
 */
// biome-ignore lint/suspicious/noEmptyInterface: features add to it
export interface Database {}

/** A column that is written with its row and never changed. */
export type SetOnce<T> = ColumnType<T, T, never>;
