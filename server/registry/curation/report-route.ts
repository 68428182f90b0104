import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import type { Kysely } from 'kysely';
import { AUTHOR_ROUTES } from '../../../shared/contract/author/author-routes.ts';
import { reportSkill } from '../../../shared/contract/author/curation.ts';
import type { Who } from '../../access/who.ts';
import { failureResponse } from '../../http/failure-response.ts';
import { readJson } from '../../http/read-json.ts';
import type { Database } from '../../storage/database.ts';
import type { Log } from '../../telemetry/log.ts';
import { skillVersions } from '../read-store.ts';
import { pickVersion } from '../visible.ts';
import type { ReportLimit } from './report-limit.ts';

export interface ReportParts {
  readonly db: Kysely<Database>;
  readonly log: Log;
  readonly addressOf: (c: Context) => string;
  readonly whoOf: (c: Context) => Promise<Who | null>;
  readonly limit: ReportLimit;
}

/**
 * `POST /v1/skills/<publisher>/<name>/reports`: tells the operator what is wrong with a skill. Anyone may, as anyone may read; a few an
 * hour from one address. `npm run registry:reports` shows them.
 */
export function createReporting({
  db,
  log,
  addressOf,
  whoOf,
  limit,
}: ReportParts): (c: Context) => Promise<Response> {
  return async (c) => {
    const body = await readJson(c, reportSkill, { maxBytes: 8192 });
    if (!body.ok) return failureResponse(c, body.failure);
    const { owner = '', name = '' } = c.req.param();
    const { version, cause, note } = body.value;
    const who = await whoOf(c);
    const known = pickVersion(await skillVersions(db, owner, name), who, version);
    if (!known) return failureResponse(c, { code: 'not_found', message: 'There is no such skill here.' });
    if (!(await limit.allow(addressOf(c)))) {
      const message = 'You have reported several skills in the last hour. Report this one later.';
      return failureResponse(c, { code: 'rate_limited', message, retryAfterSeconds: 3600 });
    }
    await db
      .insertInto('reports')
      .values({
        ...{ id: randomUUID(), handle: owner, name, version, cause, note },
        reporter_id: who?.userId ?? null,
      })
      // a second one by the same account says nothing new to the operator
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    log.warn('a skill was reported', { publisher: owner, skill: name, version, cause });
    return c.json({ reported: true }, 201);
  };
}

export const REPORT_ROUTE = AUTHOR_ROUTES.skillReports(':owner', ':name');
