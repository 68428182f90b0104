import type { HttpBindings } from '@hono/node-server';
import type { Context, Hono } from 'hono';
import { PAGE_PATHS } from '../../shared/contract/page-paths.ts';
import { chooseEncoding, type Encoding } from '../http/accept-encoding.ts';
import { PAGE_HEADERS } from '../http/security-headers.ts';
import { createPageFiles, type PageFile } from './page-files.ts';

/** Their names have a hash of what they hold. */
const FOR_EVER = 'public, max-age=31536000, immutable';

/**
 * The built page: files by their names, in the encoding that the client takes and the build has made; every path without a dot is the
 * page itself, which routes on its own. A path that no page has says 404 to machines, and to people on the page.
 */
export function servePage(app: Hono<{ Bindings: HttpBindings }>, root: string): void {
  const fileAt = createPageFiles(root);

  app.get('/assets/:file', async (c, next) => {
    const file = await fileAt(`assets/${c.req.param('file')}`);
    return file ? answerCached(c, file) : next();
  });
  app.get('/:file{[\\w-]+\\.(?:svg|png|ico|txt|webmanifest)}', async (c, next) => {
    const file = await fileAt(c.req.param('file') ?? '');
    return file ? answer(c, file) : next();
  });
  // Not cached, since the browser would keep the page with what is in its fields for the Back button.
  const page = async (c: Context, status: 200 | 404): Promise<Response | undefined> => {
    const file = await fileAt('index.html');
    if (!file) return undefined;
    const response = answer(c, file, status);
    for (const [name, value] of Object.entries(PAGE_HEADERS)) response.headers.set(name, value);
    return response;
  };
  for (const path of PAGE_PATHS) app.get(path, async (c, next) => (await page(c, 200)) ?? next());
  app.get('*', async (c, next) => {
    if (/^\/(?:v1|assets)(?:\/|$)|\./.test(c.req.path)) return next();
    return (await page(c, 404)) ?? next();
  });
}

function answerCached(c: Context, file: PageFile): Response {
  const encoding = encodingFor(c, file);
  // Another encoding is another representation, and has another tag (RFC 9110, 8.8.3.3).
  const etag = `"${file.hash}${encoding === undefined ? '' : `-${encoding}`}"`;
  const headers = { etag, 'cache-control': FOR_EVER, vary: 'accept-encoding' };
  const known = c.req
    .header('if-none-match')
    ?.split(',')
    .map((one) => one.trim().replace(/^W\//, ''));
  if (known?.includes(etag) || known?.includes('*')) return c.body(null, 304, headers);
  const response = answer(c, file);
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

function answer(c: Context, file: PageFile, status: 200 | 404 = 200): Response {
  const encoding = encodingFor(c, file);
  const body = (encoding && file.encoded.get(encoding)) ?? file.plain;
  return c.body(body, status, {
    'content-type': file.type,
    'content-length': String(body.byteLength),
    vary: 'accept-encoding',
    ...(encoding !== undefined && { 'content-encoding': encoding }),
  });
}

function encodingFor(c: Context, { encoded }: PageFile): Encoding | undefined {
  return chooseEncoding(c.req.header('accept-encoding'), [...encoded.keys()]);
}
