/** Where the terminal client's key comes from: a prompt without echo, or a pipe. Never an argument: every user of the machine sees those. */
export async function promptForKey(
  input: NodeJS.ReadStream,
  output: NodeJS.WriteStream,
  name: string,
): Promise<() => string> {
  const bytes = Buffer.alloc(8192);
  if (input.isTTY) output.write(`Your ${name} key (it is not shown): `);
  if (input.isTTY) input.setRawMode(true);
  const length = await read(input, bytes);
  if (input.isTTY) input.setRawMode(false).pause();
  if (input.isTTY) output.write('\n');
  return () => {
    const text = bytes.toString('utf8', 0, length);
    bytes.fill(0);
    return text;
  };
}

/** Up to the line's end, or the pipe's. Ctrl+C gives nothing. */
async function read(input: NodeJS.ReadStream, into: Buffer): Promise<number> {
  let length = 0;
  for await (const chunk of input.iterator({ destroyOnReturn: false })) {
    const bytes = Buffer.from(chunk);
    try {
      for (const byte of bytes) {
        if (byte === 0x03) return 0;
        if (byte === 0x0d || byte === 0x0a) return length;
        if (byte === 0x7f || byte === 0x08) length = Math.max(0, length - 1);
        else if (length < into.length) into[length++] = byte;
      }
    } finally {
      bytes.fill(0);
      if (Buffer.isBuffer(chunk)) chunk.fill(0);
    }
  }
  return length;
}
