import pino from 'pino';
import { redactText } from '../../shared/providers/redact-patterns.ts';

/** A log line takes a fixed name and named scalars, so that no object, header or error can come along by accident. */
export type Fields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Writes a named line with scalar fields. Names are constants, so that lines can be counted by them. */
export interface Log {
  debug(name: string, fields?: Fields): void;
  info(name: string, fields?: Fields): void;
  warn(name: string, fields?: Fields): void;
  error(name: string, fields?: Fields): void;
}

const MAX_CHARS = 500;

/**
 * One JSON object a line on stdout. Strings are cut and searched for every known provider's keys: the second net. Of several processes that
 * write into one log each names itself by its `pid`.
 */
export function createLog(
  level: string,
  destination: { write(line: string): void } = process.stdout,
  pid?: number,
): Log {
  const logger = pino(
    {
      level,
      base: pid === undefined ? null : { pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  const clean = (fields: Fields): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [
        name,
        typeof value === 'string' ? redactText(value.slice(0, MAX_CHARS)) : value,
      ]),
    );
  return {
    debug: (name, fields = {}) => logger.debug(clean(fields), name),
    info: (name, fields = {}) => logger.info(clean(fields), name),
    warn: (name, fields = {}) => logger.warn(clean(fields), name),
    error: (name, fields = {}) => logger.error(clean(fields), name),
  };
}

/** What may be said of a bug: its class and where it was thrown. Messages quote input, sometimes headers. */
export function bugFields(error: unknown): Fields {
  if (!(error instanceof Error)) return { kind: typeof error };
  const at = /\n\s+at (?:.*\()?(?:file:\/\/)?([^()\n]+:\d+:\d+)/.exec(error.stack ?? '')?.[1];
  return { kind: error.name, at: at?.split('/').slice(-2).join('/') ?? null };
}
