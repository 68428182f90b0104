import pg from 'pg';
import type { Log } from '../telemetry/log.ts';
import type { PoolAddress } from './create-pool.ts';
import { storageFields } from './storage-error.ts';

const RETRY_MS = 500;

/** A connection that listens until `stop` closes it. */
export interface Listener {
  stop(): Promise<void>;
}

/** `channels` are names of PostgreSQL's LISTEN; `payload` is text of at most 8,000 bytes. */
export interface ListenOptions {
  readonly address: PoolAddress;
  readonly channels: readonly string[];
  readonly onNotice: (channel: string, payload: string) => void;
  /** Notices may have been missed: whoever waits for one looks again. */
  readonly onReconnect: () => void;
  readonly log: Log;
}

/** Hears what any process notifies, on a connection of its own that is made anew whenever it is lost. */
export function listen({ address, channels, onNotice, onReconnect, log }: ListenOptions): Listener {
  let client: pg.Client | undefined;
  let stopped = false;

  const connect = async (): Promise<void> => {
    const next = new pg.Client({ ...address, application_name: 'oneturn listener', keepAlive: true });
    const lost = (): void => {
      if (client !== next || stopped) return;
      client = undefined;
      setTimeout(reconnect, RETRY_MS).unref();
    };
    client = next;
    next.on('error', () => undefined);
    next.once('end', lost);
    next.on('notification', ({ channel, payload }) => onNotice(channel, payload ?? ''));
    try {
      await next.connect();
      for (const channel of channels) await next.query(`listen ${next.escapeIdentifier(channel)}`);
    } catch (error) {
      log.debug('the listener has no database', storageFields(error));
      await next.end().catch(() => undefined);
      lost();
      return;
    }
    onReconnect();
  };
  const reconnect = (): void => void connect();
  reconnect();

  return {
    stop: async () => {
      stopped = true;
      await client?.end().catch(() => undefined);
    },
  };
}
