import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Config, ConfigError, urlOf } from '../config/config.ts';

/** Until it listens. Returns its address; throws a `ConfigError` with what to change where it can't. */
export async function listen(server: Server, config: Config): Promise<string> {
  await new Promise<void>((ready, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => fail(listenError(error, config)));
    server.listen(config.PORT, config.HOST, ready);
  });
  // as: a TCP server's address is not a string
  const { port } = server.address() as AddressInfo;
  return urlOf(config, port);
}

function listenError(error: NodeJS.ErrnoException, { PORT }: Config): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new ConfigError(`Port ${PORT} is taken. Stop what uses it, or set PORT.`);
    case 'EACCES':
      return new ConfigError(
        `Port ${PORT} needs rights that this user does not have. Set PORT to 1024 or more.`,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new ConfigError(
        'HOST is no address of this machine. Set it to one that is, 127.0.0.1 or 0.0.0.0.',
      );
    default:
      return error;
  }
}
