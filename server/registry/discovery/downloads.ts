import { type Kysely, sql } from 'kysely';
import type { Database } from '../../storage/database.ts';
import { storageFields } from '../../storage/storage-error.ts';
import type { Log } from '../../telemetry/log.ts';

/**
 * Counts how often archives are fetched. A fetch costs no write: the counts are kept in memory and added to the database now and then, so
 * that a crash loses the last few.
 */
export interface Downloads {
  count(archiveDigest: string): void;
  /** Adds what was counted. Never rejects: when the database is away it is kept for the next time. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

const FLUSH_MS = 10_000;

export function createDownloads(db: Kysely<Database>, log: Log): Downloads {
  let counts = new Map<string, number>();

  const flush = async (): Promise<void> => {
    const taken = counts;
    counts = new Map();
    try {
      for (const [digest, more] of taken) {
        await db
          .updateTable('skill_versions')
          .set({ downloads: sql<number>`downloads + ${more}` })
          .where('archive_digest', '=', digest)
          .execute();
        taken.delete(digest);
      }
    } catch (error) {
      for (const [digest, more] of taken) counts.set(digest, (counts.get(digest) ?? 0) + more);
      log.warn('downloads were not counted yet', storageFields(error));
    }
  };
  const timer = setInterval(() => void flush(), FLUSH_MS);
  timer.unref();
  return {
    count: (digest) => counts.set(digest, (counts.get(digest) ?? 0) + 1),
    flush,
    stop() {
      clearInterval(timer);
      return flush();
    },
  };
}
