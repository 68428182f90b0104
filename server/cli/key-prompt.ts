import type { ReadStream } from 'node:tty';

/** Where the terminal client's key comes from: a prompt without echo, or a pipe. Never an argument: those are seen by every user of the machine. */
export async function promptForKey(input: NodeJS.ReadStream, output: NodeJS.WriteStream, name: string): Promise<() => string> {
  const bytes = input.isTTY ? await typed(input, output, name) : await piped(input);
  return () => {
    const text = bytes.toString('utf8');
    bytes.fill(0);
    return text;
  };
}

async function piped(input: NodeJS.ReadStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(Buffer.from(chunk));
  const all = Buffer.concat(chunks);
  for (const chunk of chunks) chunk.fill(0);
  return all;
}

function typed(input: ReadStream, output: NodeJS.WriteStream, name: string): Promise<Buffer> {
  output.write(`Your ${name} key (it is not shown): `);
  const line = Buffer.alloc(8192);
  let length = 0;
  input.setRawMode(true).resume();
  return new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      input.off('data', read).setRawMode(false).pause();
      output.write('\n');
      settle();
    };
    const read = (chunk: Buffer): void => {
      for (const byte of chunk) {
        if (byte === 0x03 || byte === 0x04) end(() => reject(new Error('no key was given')));
        else if (byte === 0x0d || byte === 0x0a) end(() => resolve(line.subarray(0, length)));
        else if (byte === 0x7f || byte === 0x08) length = Math.max(0, length - 1);
        else if (length < line.length) line[length++] = byte;
      }
      chunk.fill(0);
    };
    input.on('data', read);
  });
}
