import { parseArgs } from 'node:util';
import { createSandbox } from '../sandbox/create-sandbox.ts';
import { type NamedPace, namedPace } from '../sandbox/pace.ts';

const HELP = `npm run sandbox -- [--port N] [--pace real|fast|instant]

The built-in provider by itself: a peer for tests that speaks as Anthropic, OpenAI (chat completions and Responses), OpenRouter, Groq,
Azure, Google (also its own format), Cohere (also its own) and Bedrock (Converse) do, on this machine alone, with any key and any
model's name. No model answers: goals are planned and drafted by rules, everything else is answered in a sentence; a schema or a tool
that is demanded gets JSON that fits it.

  --port N       where it listens (8790; 0: any free port)
  --pace PACE    real (some 140 tokens a second), fast (four times that) or instant (real)`;

const FORMATS = [
  ['OpenAI, Responses', '/v1'],
  ['Anthropic, Bedrock', ''],
  ['OpenRouter', '/api/v1'],
  ['Groq, Azure', '/openai/v1'],
  ['Google', '/v1beta'],
  ['Cohere', ''],
  ['Cohere, compatible', '/compatibility/v1'],
] as const;

type Options =
  | { readonly ok: true; readonly port: number; readonly pace: NamedPace }
  | { readonly ok: false; readonly message: string };

function readOptions(args: readonly string[]): Options {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '8790' },
        pace: { type: 'string', default: 'real' },
        help: { type: 'boolean', default: false },
      },
    });
    const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN;
    if (values.help) return { ok: false, message: HELP };
    if (!(port <= 65_535)) return { ok: false, message: '--port takes a number from 0 to 65535.' };
    const pace = namedPace.safeParse(values.pace);
    if (!pace.success) return { ok: false, message: '--pace takes real, fast or instant.' };
    return { ok: true, port, pace: pace.data };
  } catch {
    return { ok: false, message: HELP };
  }
}

const options = readOptions(process.argv.slice(2));
if (!options.ok) {
  process.stderr.write(`${options.message}\n`);
  process.exitCode = options.message === HELP && process.argv.includes('--help') ? 0 : 2;
} else await listen(options.port, options.pace);

async function listen(port: number, pace: NamedPace): Promise<void> {
  try {
    const sandbox = await createSandbox({ port, pace });
    const lines = FORMATS.map(([name, path]) => `  ${name.padEnd(18)} ${sandbox.origin}${path}`);
    process.stdout.write(`The sandbox listens at ${sandbox.origin}\n${lines.join('\n')}\n`);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close());
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    process.stderr.write(
      taken
        ? `Port ${port} is taken. Choose another by --port, or 0 for any free one.\n`
        : `The sandbox cannot listen at port ${port}. Choose another by --port.\n`,
    );
    process.exitCode = 1;
  }
}
