import { expect, test } from 'vitest';
import { refuseUnsafeStart } from '../../../server/start/refuse-unsafe-start.ts';

test.each([
  [{ NODE_TLS_REJECT_UNAUTHORIZED: '0' }, []],
  [{ NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_ENV: 'development' }, []],
  [{}, ['--inspect']],
  [{}, ['--inspect-brk=0.0.0.0:9229']],
  [{}, ['--heapsnapshot-signal=SIGUSR2']],
  [{}, ['--report-on-fatalerror']],
  [{}, ['--report-uncaught-exception']],
  [{}, ['--report_on_signal']],
  [{}, ['--heap-prof']],
  [{}, ['--abort-on-uncaught-exception']],
  [{ NODE_OPTIONS: '--max-old-space-size=100 --inspect=9000' }, []],
  [{ NODE_OPTIONS: '--insecure-http-parser' }, []],
  [{ NODE_OPTIONS: '"--report-on-signal"' }, []],
  [{}, ['--tls-keylog=/tmp/keys']],
])('does not start with %j and %j', (env, flags) => {
  expect(() => refuseUnsafeStart(env, flags)).toThrow();
});

test.each([
  [{}, []],
  [{ NODE_ENV: 'production', NODE_OPTIONS: '--max-old-space-size=400' }, ['--enable-source-maps']],
  [{ NODE_ENV: 'development' }, ['--inspect']],
])('starts with %j and %j', (env, flags) => {
  expect(() => refuseUnsafeStart(env, flags)).not.toThrow();
});
