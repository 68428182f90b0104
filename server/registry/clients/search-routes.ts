import { Hono } from 'hono';
import * as z from 'zod/mini';
import { failureResponse } from '../../http/failure-response.ts';
import { readQuery, wholeNumber } from '../../http/read-query.ts';
import { type ClientParts, findSkills } from './find-skills.ts';

const query = z.object({
  q: z._default(z.string().check(z.maxLength(200)), ''),
  limit: z._default(wholeNumber(1, 100), 20),
});

/** `GET /api/search`, which `skills find` asks where `SKILLS_API_URL` names this server. */
export function createSearchRoutes({ db, originOf }: ClientParts): Hono {
  const app = new Hono();
  app.get('/api/search', async (c) => {
    const asked = readQuery(c, query);
    if (!asked.ok) return failureResponse(c, asked.failure);
    const skills = await findSkills(db, asked.value.q, asked.value.limit);
    return c.json({
      skills: skills.map(({ handle, name, downloads }) => ({
        id: `${handle}/${name}`,
        name,
        // what `skills add` takes: the client prints it before the name
        source: `${originOf(c)}/s/${handle}/${name}`,
        installs: downloads,
      })),
    });
  });
  return app;
}
