import type { IncomingHttpHeaders } from 'node:http';
import { checkRequest } from './check-request.ts';
import { phaseOf } from './content/answer-prompt.ts';
import { HTTP_FAULTS } from './faults.ts';
import { type Exchange, generate } from './generate.ts';
import { receivedKey } from './key-echo.ts';
import { modelList } from './models.ts';
import type { Pace } from './pace.ts';
import { inputText, promptOf, type Read, readRequest } from './read-prompt.ts';
import { invalidRequest, notFound, REJECTED, rejectedWithKey } from './refusals.ts';
import { requestHead } from './response-head.ts';
import type { Route } from './routes.ts';
import type { Script } from './script.ts';
import { sendWhole } from './send-whole.ts';
import { countTokens } from './tokens.ts';
import type { Wire } from './wire.ts';

export interface Received {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly route: Route;
}

export interface Setting {
  readonly script: Script;
  readonly pace: Pace;
  /** The only key that is taken; undefined: any, and none. */
  readonly acceptKey: string | undefined;
  readonly tookFor: (phase: string) => void;
  readonly wrote: () => void;
}

/** Answers one request as its script says, else as the vendor would. */
export async function respond(received: Received, wire: Wire, setting: Setting): Promise<'finished' | 'cut'> {
  const { method, url, headers, route } = received;
  const { dialect, call } = route;
  const read = call === 'generate' || call === 'count' ? readBody(received.body) : undefined;
  const prompt = read?.ok ? promptOf(read.request) : undefined;
  const phase = prompt ? phaseOf(prompt) : 'other';
  setting.tookFor(phase);
  const rule = setting.script.next({
    method,
    path: url.pathname + url.search,
    phase,
    prompt: prompt?.text ?? '',
  });
  wire.cutInto(rule.bytesPerWrite);

  if (rule.waitMs !== undefined) await wire.pause(rule.waitMs);
  if (rule.stop?.after === 'nothing') {
    if (rule.stop.how === 'end') await wire.close('end');
    else if (rule.stop.how === 'reset') await wire.close('reset');
    else await wire.forever();
    return 'cut';
  }
  const exchange: Exchange = {
    dialect,
    rule,
    key: receivedKey(headers),
    head: requestHead(dialect),
    pace: setting.pace,
    wrote: setting.wrote,
  };
  const whole = (fault: {
    status: number;
    headers?: Readonly<Record<string, string>>;
    body?: string | Buffer;
  }): Promise<'finished' | 'cut'> => sendWhole(wire, exchange, fault);
  const json = (body: unknown): Promise<'finished' | 'cut'> =>
    whole({ status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

  if (rule.reply) {
    const { status, body, base64, headers: own } = rule.reply;
    return whole({
      status,
      headers: own ?? {},
      body: base64 === undefined ? (body ?? '') : Buffer.from(base64, 'base64'),
    });
  }
  if (rule.fault) return whole(HTTP_FAULTS[rule.fault]);
  if (rule.echo && rule.echo.in !== 'text' && rule.echo.in !== 'stream-error')
    return whole(rejectedWithKey(dialect, rule.echo.in, url.origin));
  if (setting.acceptKey !== undefined && call !== 'check-key' && exchange.key !== setting.acceptKey)
    return whole(REJECTED[dialect]);
  if (call === undefined) return whole(notFound(dialect, method, url.pathname));
  if (call === 'models') return json(modelList(dialect));
  if (call === 'key')
    return json({
      data: {
        label: 'sandbox',
        limit: null,
        limit_remaining: null,
        usage: 0,
        byok_usage: 0,
        is_free_tier: false,
        rate_limit: { requests: -1, interval: '10s' },
      },
    });
  if (call === 'check-key')
    return json({
      valid: setting.acceptKey === undefined || exchange.key === setting.acceptKey,
      organization_id: 'sandbox',
      owner_id: 'sandbox',
    });

  if (!read?.ok || !prompt) {
    const field = read?.ok === false ? read.field : 'body';
    const missing =
      dialect === 'anthropic' ? `${field}: Field required` : `Missing or invalid parameter: '${field}'.`;
    return whole(invalidRequest(dialect, missing, field, 'invalid_value'));
  }
  if (call === 'count') return json({ input_tokens: countTokens(inputText(read.request)) });
  const refused = checkRequest(read.request, dialect, headers);
  return refused ? whole(refused) : generate(wire, exchange, read.request, prompt);
}

function readBody(body: string): Read {
  try {
    return readRequest(JSON.parse(body));
  } catch {
    return { ok: false, field: 'body', problem: 'not JSON' };
  }
}
