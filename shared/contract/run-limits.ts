export const MAX_GOAL_CHARS = 20_000;

/**
 * Large enough for a resumed run, which sends back what it had made: a goal of 20,000 characters with an intent and a plan whose every
 * field is full is 480,000 bytes at three bytes a character, and bodies to analyze need as much again. The fields' own limits are far
 * stricter.
 */
export const MAX_BODY_BYTES = 1024 * 1024;

/** A key check is over on the server after this long, however many questions to the provider it takes. */
export const KEY_CHECK_MS = 25_000;

/** The page waits longer than that, so that it hears how the check ended. */
export const KEY_CHECK_PATIENCE_MS = 30_000;

/** What a user says about a draft in their own words, such as "shorter" or "we use pnpm". */
export const MAX_NOTE_CHARS = 1000;

/** The header that carries the key, sealed or (curl) plain. It has no field in any JSON body. */
export const KEY_HEADER = 'x-provider-key';

/** A client may name its run, 128 random bits or more; the receipt of a cancelled run is asked for by this id. */
export const RUN_ID_HEADER = 'x-run-id';

/** URL-safe base64 of at least 128 bits. An id that others could guess would let them answer the run's review or read its receipt. */
export const RUN_ID = /^[\w-]{22,64}$/;

/** Text that a person typed: anything but control characters other than line breaks and tabs, and lone surrogates. */
export const BINARY_TEXT =
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/**
 * Reads the host's name out of what people copy from a vendor's portal: `https://My-Resource.openai.azure.com/openai/v1/` becomes
 * `my-resource.openai.azure.com`. What is neither a name nor an https address stays as it is, and is refused later.
 */
export function toSite(text: string): string {
  const name =
    /^ {0,9}https:\/\/([a-z0-9][a-z0-9-]{0,62}\.[a-z0-9.-]{1,99})(?::443)?(?:\/\S{0,200})? {0,9}$/i.exec(
      text,
    )?.[1] ?? /^[a-z0-9][a-z0-9.-]{0,99}$/i.exec(text)?.[0];
  return name?.toLowerCase() ?? text;
}
