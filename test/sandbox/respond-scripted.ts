import type { Pace } from '../../server/sandbox/pace.ts';
import { readCall, replyTo } from '../../server/sandbox/reply.ts';
import { requestHead } from '../../server/sandbox/response-head.ts';
import type { Received } from '../../server/sandbox/routes.ts';
import { jsonAnswer } from '../../server/sandbox/send-whole.ts';
import { refuseAnswer } from './break-off.ts';
import type { Exchange, Played } from './exchange.ts';
import type { FaultWire } from './fault-wire.ts';
import { HTTP_FAULTS } from './faults.ts';
import { generateScripted } from './generate-scripted.ts';
import { receivedKey } from './key-echo.ts';
import { REJECTED, rejectedWithKey } from './rejections.ts';
import type { Script } from './script.ts';
import { type ScriptedWhole, sendScripted } from './send-scripted.ts';

export interface Setting {
  readonly script: Script;
  readonly pace: Pace;
  /** The only key that is taken; undefined: any, and none. */
  readonly acceptKey: string | undefined;
  readonly tookFor: (phase: string) => void;
  readonly wrote: () => void;
  /** Until the test lets go, or the client leaves. */
  readonly hold: () => Promise<void>;
}

/** Answers one request as its script says, else as the sandbox would. */
export async function respondScripted(
  received: Received,
  wire: FaultWire,
  setting: Setting,
): Promise<Played> {
  const { method, url, headers, route } = received;
  const call = readCall(received);
  setting.tookFor(call.phase);
  const path = url.pathname + url.search;
  const rule = setting.script.next({ method, path, phase: call.phase, prompt: call.prompt?.text ?? '' });
  wire.cutInto(rule.bytesPerWrite);
  if (rule.waitMs !== undefined) await wire.pause(rule.waitMs);
  if (rule.held) await setting.hold();
  if (rule.stop?.after === 'nothing') return refuseAnswer(wire, rule.stop.how);

  const exchange: Exchange = {
    wire,
    dialect: route.dialect,
    rule,
    key: receivedKey(headers),
    head: requestHead(route.dialect),
    wrote: setting.wrote,
  };
  const fault = faultOf(exchange, received, setting);
  if (fault) return sendScripted(exchange, fault);
  const reply = replyTo(received, call);
  return reply.kind === 'whole'
    ? sendScripted(exchange, reply.whole)
    : generateScripted(exchange, reply, rule.pace ?? setting.pace);
}

/** An answer in place of the sandbox's own. */
function faultOf(
  { rule, dialect, key }: Exchange,
  { headers, route }: Received,
  { acceptKey }: Setting,
): ScriptedWhole | undefined {
  if (rule.reply) {
    const { status, body, base64, headers: own } = rule.reply;
    const bytes = base64 === undefined ? (body ?? '') : Buffer.from(base64, 'base64');
    return { status, headers: own ?? {}, body: bytes };
  }
  if (rule.fault) return HTTP_FAULTS[rule.fault];
  if (rule.echo && rule.echo.in !== 'text' && rule.echo.in !== 'stream-error')
    return rejectedWithKey(dialect, rule.echo.in, `http://${headers.host ?? ''}`);
  if (acceptKey === undefined || key === acceptKey) return undefined;
  return route.call === 'check-key'
    ? jsonAnswer(200, { valid: false, organization_id: 'sandbox', owner_id: 'sandbox' })
    : REJECTED[dialect];
}
