import type { Failure } from '../../shared/contract/failure.ts';
import type { KeyCheck } from '../../shared/contract/key-check.ts';
import { buildRequest, type WireRequest } from '../../shared/providers/formats/build-request.ts';
import { readModelList } from '../../shared/providers/model-list.ts';
import { jsonOf, textOf } from '../../shared/providers/read-json.ts';
import { failureOf } from '../../shared/providers/refusals/failure-of.ts';
import { lineFailure } from '../../shared/providers/refusals/failure-sentences.ts';
import { bodyFault } from '../../shared/providers/refusals/fault.ts';
import { type Vendor, vendorFor } from '../../shared/providers/vendor.ts';
import { systemClock } from './clock.ts';
import { type CheckOptions, fetchWhole, fieldsOf, QUESTION_MS } from './fetch-whole.ts';
import { finishFailure } from './finish-failure.ts';
import { listModels, offered } from './list-models.ts';
import { streamCall } from './stream-call.ts';
import type { Upstream } from './upstream.ts';

/** Asks the provider whether a key works, and what it may use: for nothing where that can be, else for one token. Never retries. */
export async function checkKey(upstream: Upstream, model: string, options: CheckOptions): Promise<KeyCheck> {
  const verdict = await askOnce(upstream, model, options);
  const { free, models: list } = upstream.vendor.check;
  // Where the list was the check, it has been asked.
  const asked = free?.path === list?.path || upstream.vendor.key === 'optional';
  if (verdict.verdict !== 'works' || asked) return verdict;
  const models = await listModels(upstream, options);
  return models.length > 0 ? { ...verdict, models } : verdict;
}

async function askOnce(upstream: Upstream, model: string, options: CheckOptions): Promise<KeyCheck> {
  const { check } = upstream.vendor;
  if (check.free)
    return freeCheck(upstream, model, { ...check.free, headers: upstream.vendor.headers, body: '' }, options);
  // An operator's endpoint may serve a model that costs minutes to load: its list is enough.
  if (check.models && upstream.vendor.key === 'optional') {
    return freeCheck(
      upstream,
      model,
      { method: 'GET', path: check.models.path, headers: upstream.vendor.headers, body: '' },
      options,
    );
  }
  return oneToken(upstream, model, options);
}

async function freeCheck(
  upstream: Upstream,
  model: string,
  request: WireRequest,
  options: CheckOptions,
): Promise<KeyCheck> {
  const { vendor } = upstream;
  const { sink, end } = await fetchWhole(upstream, request, options);
  if (end.end === 'fault') return verdictOf(vendor, lineFailure(vendor, end.fault));
  if (end.end === 'stopped') return { verdict: 'unknown', message: 'The check was cancelled.' };
  const text = sink.body.text();
  const json = fieldsOf(text);
  // A page in between answers 200, too.
  if (sink.status !== 200 || !json) {
    const refusal = failureOf(vendor, { status: sink.status, headers: sink.headers, text });
    const verdict = verdictOf(vendor, finishFailure(refusal, upstream));
    // A restricted key may not list models and yet use them, and some servers have no list.
    const listed = vendor.check.models?.path === request.path && MAY_NOT_LIST.includes(sink.status);
    return listed && verdict.verdict !== 'no_credit' && !isBadKey(text)
      ? oneToken(upstream, model, options)
      : verdict;
  }

  const { free, models: list } = vendor.check;
  if (free?.field !== undefined && json[free.field] !== true) return rejected(vendor);
  const ids = list && list.path === request.path ? listedIds(json[list.list], list.id) : [];
  const models =
    ids.length > 0 ? offered(vendor, readModelList(json[list?.list ?? ''], list?.id ?? 'id')) : [];
  if (ids.length > 0 && !ids.some((id) => isOf(model, id))) {
    return {
      verdict: 'no_access',
      message: `The key works, but ${vendor.name} does not list ${model} for it. Choose one of the models it has.`,
      ...(models.length > 0 && { models }),
    };
  }
  return {
    verdict: 'works',
    message: `${vendor.name} accepts this key.`,
    ...(models.length > 0 && { models }),
  };
}

/** Statuses by which a list is refused, though not always the key. */
const MAY_NOT_LIST: readonly number[] = [401, 403, 404, 405, 501];

/** Said of the key itself, and not of what it may do. */
function isBadKey(text: string): boolean {
  const codes = bodyFault(text)?.codes ?? [];
  return codes.some((code) =>
    /^(?:invalid|incorrect)_api_key$|^authentication_error$|api_key_invalid/.test(code),
  );
}

/**
 * A short name stands for its dated one, claude-haiku-4-5 for claude-haiku-4-5-20251001; at Ollama for what is tagged `latest`; and
 * OpenRouter's `:free` and others for the model without.
 */
function isOf(model: string, listed: string): boolean {
  const [id, name] = [listed, model].map((one) => one.replace(/^models\//, '').replace(/:latest$/, ''));
  return (
    id === name ||
    id?.startsWith(`${name}-`) === true ||
    name?.replace(/:(?:free|nitro|floor|online|thinking|extended|exacto)$/, '') === id
  );
}

async function oneToken(upstream: Upstream, model: string, options: CheckOptions): Promise<KeyCheck> {
  const vendor = vendorFor(upstream.vendor, model);
  // the question before took all of the check's time
  if (options.now() >= options.endsAt) return late(vendor);
  const call = {
    id: 'check',
    phase: 'classifying',
    system: 'Answer with one word.',
    user: 'Hello',
    maxOutputTokens: vendor.check.oneToken,
  } as const;
  const clock = { now: options.now, after: systemClock.after };
  const result = await streamCall({ ...upstream, vendor }, buildRequest(vendor, model, call), {
    signal: options.signal,
    limits: options.limits,
    clock,
    runEndsAt: Math.min(options.now() + QUESTION_MS, options.endsAt),
    onText: () => undefined,
    onStream: () => undefined,
  });
  if (result.kind === 'stopped') return { verdict: 'unknown', message: 'The check was cancelled.' };
  return result.kind === 'answer'
    ? { verdict: 'works', message: `${vendor.name} accepts this key for ${model}.` }
    : verdictOf(vendor, result.failure);
}

function late(vendor: Vendor): KeyCheck {
  return {
    verdict: 'unknown',
    message: `${vendor.name} took too long to answer, which says nothing of the key. Check it again, or just plan.`,
  };
}

function rejected(vendor: Vendor): KeyCheck {
  return {
    verdict: 'rejected',
    message: `${vendor.name} does not accept this key. Copy it again, or make a new one.`,
  };
}

function verdictOf(vendor: Vendor, failure: Failure): KeyCheck {
  const { said } = failure;
  return { ...judge(vendor, failure), ...(said !== undefined && { said }) };
}

function judge(vendor: Vendor, { code, reason, message }: Failure): KeyCheck {
  if (reason === 'no_credit') return { verdict: 'no_credit', message };
  if (reason === 'no_access' || reason === 'model_not_found') return { verdict: 'no_access', message };
  if (reason === 'wrong_provider') return { verdict: 'wrong_provider', message };
  // One token was too little for a model that thinks first: the key was good enough to be told so.
  if (reason === 'output_limit') return { verdict: 'works', message: `${vendor.name} accepts this key.` };
  if (code === 'rate_limited')
    return { verdict: 'works', message: `The key is valid, but limited just now. ${message}` };
  if (code === 'key_rejected') return { verdict: 'rejected', message };
  return {
    verdict: 'unknown',
    message: `The key could not be checked, which says nothing of the key. ${message}`,
  };
}

/** All of a list, also what is not offered: a fine-tune's id may look like anything. */
function listedIds(list: unknown, name: 'id' | 'name'): readonly string[] {
  return Array.isArray(list) ? list.map((entry) => textOf(jsonOf(entry)?.[name]) ?? '').filter(Boolean) : [];
}
