import inspector from 'node:inspector';
import { ConfigError } from '../config/config.ts';

/** Flags of Node that write the process's memory, heap or environment somewhere, or open it to a debugger. */
const UNSAFE_FLAGS =
  /^--(?:inspect|heapsnapshot|heap-prof|cpu-prof|report|diagnostic-dir|abort-on-uncaught|trace-event|use-openssl-ca|tls-keylog|tls-min-v1\.[01]|insecure)/;

/**
 * Throws a `ConfigError` for a start that could not keep its promises: certificate checks off, a debugger, heap dumps or reports on.
 * With NODE_ENV=development only the debugger is let through.
 */
export function refuseUnsafeStart(
  env: Readonly<Record<string, string | undefined>>,
  execArgv: readonly string[],
): void {
  if (env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
    throw new ConfigError(
      'NODE_TLS_REJECT_UNAUTHORIZED=0 would send keys to servers that nobody checked. Unset it; for a private authority set NODE_EXTRA_CA_CERTS.',
    );
  }
  if (env['NODE_ENV'] === 'development') return;
  const flag = [...execArgv, ...(env['NODE_OPTIONS'] ?? '').replaceAll('"', '').split(/\s+/)].find((one) =>
    UNSAFE_FLAGS.test(one.replaceAll('_', '-')),
  );
  if (flag)
    throw new ConfigError(
      `Node was started with ${flag.split('=')[0]}, which can show a key to others. Start without it, or with NODE_ENV=development.`,
    );
  if (inspector.url())
    throw new ConfigError(
      'The debugger is open, and it could read keys. Start without it, or with NODE_ENV=development.',
    );
}
