import { belongsTo, kindOf } from './hosts.ts';
import { called, type Found, type Wish, wanted } from './report.ts';
import type { Source } from './sources.ts';

/** A piece of code that sends something away. */
export interface Send {
  readonly line: number;
  readonly code: string;
  readonly host: string | undefined;
  /** The most secret thing in what is sent, its address included. */
  readonly secret: Source | undefined;
  /** That secret stands in a header or as a user's name and password, where services expect it. */
  readonly asLogin: boolean;
  /** What goes out, as far as it is no secret: a file's content or output of a command, words of the text, or nothing. */
  readonly load: 'content' | 'words' | 'none';
}

/** OAuth's own requests carry a secret in their body: RFC 6749, section 2.3.1. */
const TOKEN_REQUEST = /grant_type|client_secret|refresh_token|\/oauth2?\/|\/token\b/i;

/** Judges one pair of what is sent and where to. */
export function judgeSend(send: Send, wish: Wish): readonly Found[] {
  const { line, code, host, secret } = send;
  if (host !== undefined && kindOf(host) === 'local') return [];
  const found = (
    rule: string,
    severity: Found['severity'],
    message: string,
    fix: string,
    flow = false,
  ): Found => ({
    rule,
    severity,
    line,
    code,
    message,
    fix,
    ...(flow ? { flow: true } : {}),
  });

  if (secret?.kind === 'store')
    return [
      found(
        'security.secret.send',
        'critical',
        `It sends ${secret.what} to ${called(host)}.`,
        'Remove it. Nothing of this machine’s secrets belongs in a request.',
        true,
      ),
    ];
  if (secret?.kind === 'key' && !send.asLogin && !ownService(secret, host, code) && !wanted(host, wish))
    return [
      found(
        'security.secret.send-key',
        'error',
        `It sends ${secret.what} to ${called(host)}, in what it says rather than as its login.`,
        'Send a key only to the service that gave it, in the header that the service names.',
        true,
      ),
    ];
  if (host === undefined || send.load === 'none' || wanted(host, wish)) return [];
  if (kindOf(host) === 'anonymous')
    return [
      found(
        'security.network.anonymous',
        'critical',
        `It sends data to ${host}, where nobody knows who reads it.`,
        'Name the service that the data is meant for.',
      ),
    ];
  const inGoal = wish.goal !== undefined;
  if (send.load === 'content')
    return [
      found(
        'security.network.upload',
        inGoal ? 'critical' : 'warning',
        inGoal
          ? `It uploads a file to ${host}, which the goal does not name.`
          : `It uploads a file to ${host}, which the skill’s description does not name.`,
        'Keep the file here, or name the host in the goal.',
      ),
    ];
  return inGoal
    ? [
        found(
          'security.network.unasked',
          'error',
          `It sends data to ${host}, which the goal does not name.`,
          'Leave it out, or name the host in the goal.',
        ),
      ]
    : [];
}

function ownService({ name = '' }: Source, host: string | undefined, code: string): boolean {
  return TOKEN_REQUEST.test(code) || (host !== undefined && belongsTo(name, host));
}
