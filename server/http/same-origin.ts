/**
 * Whether a request that changes something was made by our own page, or by no page at all (curl). Browsers send `Origin` with every
 * POST and `Sec-Fetch-Site` with everything; neither can be set by a script.
 */
export function isSameOrigin(headers: Headers, ownOrigins: readonly string[]): boolean {
  const site = headers.get('sec-fetch-site');
  if (site && site !== 'same-origin' && site !== 'none') return false;
  const origin = headers.get('origin');
  if (!origin) return true;
  const host = headers.get('host');
  return (
    ownOrigins.includes(origin) || (!!host && (origin === `http://${host}` || origin === `https://${host}`))
  );
}
