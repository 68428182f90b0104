import { belongsTo, kindOf } from './hosts.ts';
import { called, type Found, type Wish, wanted } from './report.ts';
import type { Source } from './sources.ts';

/** A piece of code that sends something away. */
export interface Send {
  readonly line: number;
  readonly code: string;
  readonly host: string | undefined;
  /** The most sensitive thing in what is sent, its address included. */
  readonly secret: Source | undefined;
  /** That secret stands in a header or as a user's name and password, where services expect it. */
  readonly asLogin: boolean;
  /** What is sent that is no secret: the content of a file or the output of a command, words of the text, or nothing. */
  readonly load: 'content' | 'words' | 'none';
}

/** OAuth's own requests carry a secret in their body: RFC 6749, section 2.3.1. */
const TOKEN_REQUEST = /grant_type|client_secret|refresh_token|\/oauth2?\/|\/token\b/i;

/** Judges one pair of what is sent and where it goes. */
export function judgeSend(send: Send, wish: Wish): readonly Found[] {
  const { line, code, host } = send;
  if (host !== undefined && kindOf(host) === 'local') return [];
  const verdict = judgeSecret(send, wish) ?? judgeLoad(send, wish);
  return verdict ? [{ ...verdict, line, code }] : [];
}

type Verdict = Omit<Found, 'line' | 'code'>;

function judgeSecret({ code, host, secret, asLogin }: Send, wish: Wish): Verdict | undefined {
  if (secret?.kind === 'store')
    return {
      rule: 'security.secret.send',
      severity: 'critical',
      message: `It sends ${secret.what} to ${called(host)}.`,
      fix: 'Remove it. Nothing of this machine’s secrets belongs in a request.',
      flow: true,
    };
  if (secret?.kind === 'variable' && !asLogin && !ownService(secret, host, code) && !wanted(host, wish))
    return {
      rule: 'security.secret.send-key',
      severity: 'error',
      message: `It sends ${secret.what} to ${called(host)}, in what it says rather than as its login.`,
      fix: 'Send a key only to the service that gave it, in the header that the service names.',
      flow: true,
    };
  return undefined;
}

/** What is sent literally, without a secret in it. */
function judgeLoad({ host, load }: Send, wish: Wish): Verdict | undefined {
  if (host === undefined || load === 'none' || wanted(host, wish)) return undefined;
  if (kindOf(host) === 'anonymous')
    return {
      rule: 'security.network.anonymous',
      severity: 'critical',
      message: `It sends data to ${host}, where nobody knows who reads it.`,
      fix: 'Name the service that the data is meant for.',
    };
  const inGoal = wish.goal !== undefined;
  if (load === 'content')
    return {
      rule: 'security.network.upload',
      severity: inGoal ? 'critical' : 'warning',
      message: `It uploads a file to ${host}, which ${inGoal ? 'the goal' : 'the skill’s description'} does not name.`,
      fix: 'Keep the file here, or name the host in the goal.',
    };
  return inGoal
    ? {
        rule: 'security.network.unasked',
        severity: 'error',
        message: `It sends data to ${host}, which the goal does not name.`,
        fix: 'Leave it out, or name the host in the goal.',
      }
    : undefined;
}

function ownService({ name = '' }: Source, host: string | undefined, code: string): boolean {
  return TOKEN_REQUEST.test(code) || (host !== undefined && belongsTo(name, host));
}
