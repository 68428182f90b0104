import { type Imported, importFrom, MAX_IMPORT_BYTES } from '../../../shared/contract/author/import.ts';
import type { Failure } from '../../../shared/contract/failure.ts';
import { savePlan as saveShape } from '../../../shared/contract/saved-plan.ts';
import type { Audit } from '../../audit/create-audit.ts';
import { whoToEvent } from '../../audit/who-to-event.ts';
import { failureResponse } from '../../http/failure-response.ts';
import { parseJson, readBody } from '../../http/read-json.ts';
import type { PlanContext } from '../plan-answers.ts';
import { answerSaved } from '../plan-answers.ts';
import { savePlan } from '../plan-store.ts';
import { createFetchOutside, type OutsideOptions } from './fetch-outside.ts';
import { fetchSkills } from './fetch-skills.ts';
import { type FoundFile, importedPlan } from './imported-plan.ts';
import { readArchive } from './read-archive.ts';

type Found = { readonly files: readonly FoundFile[]; readonly from: string } | Failure;

/** `POST /v1/imports`: skills that somebody has already, in a ZIP or behind a URL, as a plan of theirs. */
export async function importSkills(c: PlanContext, audit: Audit, outside: OutsideOptions): Promise<Response> {
  const isZip = /^application\/zip\s*$/i.test(c.req.header('content-type') ?? '');
  // no form of another site sends application/zip
  const body = await readBody(c, { maxBytes: MAX_IMPORT_BYTES, requireType: !isZip });
  if (!body.ok) return failureResponse(c, body.failure);
  const found = isZip ? await inArchive(body.value) : await atUrl(body.value, outside);
  if ('code' in found) return failureResponse(c, found);
  const { plan, leftOut } = await importedPlan(found.files, found.from);
  const [first] = leftOut;
  if (!plan) {
    const why = first ? `${first.name}: ${first.reason}` : 'There is no SKILL.md in it.';
    return failureResponse(c, { code: 'invalid_field', message: why });
  }
  const checked = saveShape.safeParse(plan);
  if (!checked.success)
    return failureResponse(c, { code: 'too_large', message: 'These skills are more than one plan holds.' });
  const saved = await audit.transact(async (trx, record) => {
    const result = await savePlan(trx, c.var.who, checked.data, undefined);
    const detail = { imported: found.from, skills: checked.data.drafts.length };
    if (result.kind === 'saved')
      await record(whoToEvent(c, { action: 'plan.save', outcome: 'ok', subject: result.plan.id, detail }));
    return result;
  });
  if (saved.kind !== 'saved') return answerSaved(c, saved);
  return c.json<Imported>({ plan: saved.plan, leftOut: [...leftOut] }, 201);
}

async function inArchive(bytes: Uint8Array): Promise<Found> {
  const files = await readArchive(bytes);
  return typeof files === 'string' ? refused(files) : { files, from: 'a ZIP' };
}

async function atUrl(bytes: Uint8Array, outside: OutsideOptions): Promise<Found> {
  const body = parseJson(bytes, importFrom);
  if (!body.ok) return body.failure;
  if (!URL.canParse(body.value.url))
    return refused('This is no address. Write it as https://example.com.', 'url');
  const url = new URL(body.value.url);
  const { fetch, close } = createFetchOutside(outside);
  const files = await fetchSkills(url, fetch).finally(close);
  return typeof files === 'string' ? refused(files, 'url') : { files, from: url.hostname.slice(0, 120) };
}

function refused(message: string, field?: string): Failure {
  return { code: 'invalid_field', message, ...(field !== undefined && { field }) };
}
