import { CallFailed } from '../http/call.ts';

const NOT_LOADED = {
  code: 'unavailable',
  message:
    'This part of the page did not load: its server does not answer. See that it runs, then try again.',
} as const;

/** What came under another address, by the address under which it did not come. */
const cameLater = new Map<string, Promise<unknown>>();
let attempts = 0;

/**
 * Loads a chunk of the page, given as a function that imports it. Asks once more when it does not come, and rejects with a `CallFailed` that
 * says so. Chromium keeps a failed import as failed for as long as the page lives, so that the second time has another address; the
 * chunk's own imports stay what they are.
 */
export async function loadChunk<Module>(load: () => Promise<Module>): Promise<Module> {
  try {
    await reloadStyles();
    return await load();
  } catch (error) {
    const address = addressIn(error);
    if (address === undefined) throw new CallFailed(NOT_LOADED);
    // as: the same file under another address
    return (await importAgain(address)) as Module;
  }
}

function importAgain(address: string): Promise<unknown> {
  const known = cameLater.get(address);
  if (known !== undefined) return known;
  attempts += 1;
  const again = import(/* @vite-ignore */ `${address}?again=${attempts}`).catch(() => {
    cameLater.delete(address);
    throw new CallFailed(NOT_LOADED);
  });
  cameLater.set(address, again);
  return again;
}

/** Chromium and Firefox name the file; Safari does not, and asks again by itself. */
function addressIn(error: unknown): string | undefined {
  const address = error instanceof TypeError ? /\bhttps?:\/\/\S+$/.exec(error.message)?.[0] : undefined;
  return address && new URL(address).origin === location.origin ? address : undefined;
}

const failedStyles = new Set<HTMLLinkElement>();

/** The bundler takes a style sheet that it asked for once for loaded, whatever became of it. Call it once, at the start. */
export function watchStyles(): void {
  addEventListener(
    'error',
    ({ target }) => {
      if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') failedStyles.add(target);
    },
    true,
  );
}

async function reloadStyles(): Promise<void> {
  const failed = [...failedStyles];
  // One that fails again is told of again.
  failedStyles.clear();
  await Promise.all(failed.map(reloadStyle));
}

function reloadStyle(failed: HTMLLinkElement): Promise<void> {
  // as: a copy of a link is a link
  const link = failed.cloneNode() as HTMLLinkElement;
  return new Promise((resolve, reject) => {
    link.addEventListener('load', () => resolve());
    link.addEventListener('error', () => reject(new CallFailed(NOT_LOADED)));
    failed.replaceWith(link);
  });
}
