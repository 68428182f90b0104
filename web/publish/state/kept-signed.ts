import * as z from 'zod/mini';
import { publishBundle } from '../../../shared/contract/registry.ts';
import type { SignedBundle } from './bundle-parts.ts';
import type { KeptPlace } from './kept-work.ts';

/** The signed bundle in this tab's storage. Nothing of it is secret: it is what would be published. */
const signedBundle = z.object({ about: z.string(), wish: publishBundle, publishId: z.string() });
type Tab = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export function readSigned(tab: Tab, place: KeptPlace): SignedBundle | undefined {
  try {
    const parsed = z.safeParse(signedBundle, JSON.parse(tab.getItem(nameOf(place)) ?? ''));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

export function keepSigned(tab: Tab, place: KeptPlace, signed: SignedBundle | undefined): void {
  try {
    if (signed) tab.setItem(nameOf(place), JSON.stringify(signed));
    else tab.removeItem(nameOf(place));
  } catch {
    // Storage is off or full: signing again is one press.
  }
}

function nameOf({ handle, planId }: KeptPlace): string {
  return `oneturn.signed.${handle}.${planId}`;
}
