import { areFacts } from '../format/key-facts.ts';
import { openKey } from '../format/sealed-key.ts';
import type { KeyRow } from '../key-locks.ts';
import { bindingOf, factsOf, stateText } from '../key-store.ts';

/** What is wrong with a stored key. */
export interface KeyFault {
  readonly id: string;
  readonly fault: string;
}

/** Whether each key of a workspace opens, is what was signed, and is in the state that the audit log saw it in last. */
export function verifyKeys(
  rows: readonly KeyRow[],
  states: ReadonlyMap<string, string>,
  secret: Buffer,
): readonly KeyFault[] {
  const there = new Set(rows.map(({ id }) => id));
  const faults = rows.flatMap((row) => {
    const fault = keyFault(row, states.get(row.id), secret);
    return fault === undefined ? [] : [{ id: row.id, fault }];
  });
  const gone = [...states.keys()].filter((id) => !there.has(id));
  return [...faults, ...gone.map((id) => ({ id, fault: 'its row is gone, and the audit log has it added' }))];
}

function keyFault(row: KeyRow, state: string | undefined, secret: Buffer): string | undefined {
  if (state === undefined) return 'the audit log has nobody add it';
  if (row.sealed !== null) {
    const opened = openKey(row.sealed, secret, bindingOf(row));
    if (!opened.ok) return WORDS[opened.fault];
    opened.key.wipe();
  }
  if (!areFacts(row.facts_mac, factsOf(row), secret))
    return 'its name, age, model, owner or last characters are not those that it was added with';
  const now = stateText(row);
  return now === state ? undefined : `it is “${now}”, and the audit log left it “${state}”`;
}

const WORDS = {
  other_secret: 'it does not open: it was sealed for another row, or a field that it is bound to was changed',
  changed: 'it does not open: its ciphertext was changed',
  no_format: 'it does not open: what is stored is no key',
} as const;
