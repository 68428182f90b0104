import type { ErrorHandler } from 'hono';
import { failureResponse } from '../http/failure-response.ts';
import type { Log } from '../telemetry/log.ts';
import { isUnavailable, storageFields } from './storage-error.ts';

/** For the routes that need the database. While it is away the page keeps what it has and tries again. */
export function onStorageError(log: Log): ErrorHandler {
  return (error, c) => {
    const away = isUnavailable(error);
    log.error(away ? 'the database is away' : 'a route broke', {
      ...storageFields(error),
      route: c.req.routePath,
    });
    if (!away)
      return failureResponse(c, { code: 'internal', message: 'Something broke on this server. Try again.' });
    return failureResponse(c, {
      code: 'unavailable',
      message: 'The database does not answer. Try again in a moment; nothing is lost.',
      retryAfterSeconds: 5,
    });
  };
}
