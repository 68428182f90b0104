import * as z from 'zod/mini';
import { publishWork } from '../../../shared/contract/publish-draft.ts';

/**
 * What was changed and is not on the server yet, in this tab's storage: a reload, a crash and a sign-out lose nothing. Named after the
 * account, so that whoever signs in next in this tab does not find it as theirs.
 */
const keptWork = z.object({ rev: z.nullable(z.number()), work: publishWork });
export type KeptWork = z.infer<typeof keptWork>;

export interface KeptPlace {
  readonly handle: string;
  readonly planId: string;
}
type Tab = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export function readKept(tab: Tab, place: KeptPlace): KeptWork | undefined {
  try {
    const parsed = z.safeParse(keptWork, JSON.parse(tab.getItem(nameOf(place)) ?? ''));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

export function keep(tab: Tab, place: KeptPlace, kept: KeptWork | undefined): void {
  try {
    if (kept) tab.setItem(nameOf(place), JSON.stringify(kept));
    else tab.removeItem(nameOf(place));
  } catch {
    // Storage is off or full: the server has what was saved last, a second ago.
  }
}

function nameOf({ handle, planId }: KeptPlace): string {
  return `oneturn.publish.${handle}.${planId}`;
}
