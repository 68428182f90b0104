import { pace } from '../../server/sandbox/pace.ts';
import { createTestSandbox } from './create-test-sandbox.ts';

/**
 * The sandbox as a process of its own, for tests and the bench: prints its origin as one line. `--test` opens journal and
 * script to every local process; `--pace` takes `real`, `instant` or JSON, `--port` a port.
 */
const argument = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};

const given = argument('pace') ?? 'real';
const test = process.argv.includes('--test');
const sandbox = await createTestSandbox({
  port: Number(argument('port') ?? 0),
  pace: pace.parse(given.startsWith('{') ? JSON.parse(given) : given),
  journal: test,
  control: test,
});
process.stdout.write(`${sandbox.origin}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close());
