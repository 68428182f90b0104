import { INVOICES } from './answers/invoices.ts';
import { RELEASES } from './answers/releases.ts';
import { SEEDS } from './answers/seeds.ts';
import { WEAK_INVOICES, WEAK_RELEASES, WEAK_SEEDS } from './answers/weak.ts';
import type { Answers } from './written-answers.ts';

/** What a good bundle for a goal has to have in it, and drafts from general knowledge have not. */
export interface Trap {
  readonly name: string;
  /** Over all written skills of the bundle. */
  readonly found: RegExp;
}

export interface EvalGoal {
  readonly id: string;
  readonly goal: string;
  readonly traps: readonly Trap[];
  readonly strong: Answers;
  readonly weak: Answers;
  /** The traps that neither the weak model's drafts nor its critic speak of: the engine cannot know them. */
  readonly weakMisses: readonly string[];
}

export const GOALS: readonly EvalGoal[] = [
  {
    id: 'seeds',
    goal: "We're a village seed library. In spring people borrow envelopes, in autumn they return seed. I need label text for the envelopes out of ledger.xlsx (variety, year, sow depth), and friendly reminders for those who returned nothing by 15 October. Nothing is ever sent before I've read it.",
    traps: [
      { name: 'the file', found: /ledger\.xlsx/ },
      { name: 'the three fields', found: /variety[\s\S]{0,40}year[\s\S]{0,40}sow depth/i },
      { name: 'the date', found: /15 October/ },
      { name: 'never sends', found: /\b(?:send nothing|nothing is sent|never send)/i },
      { name: 'partial returns count', found: /any (?:quantity|amount|handful)/i },
    ],
    strong: SEEDS,
    weak: WEAK_SEEDS,
    weakMisses: ['partial returns count'],
  },
  {
    id: 'invoices',
    goal: 'Prüfe jeden Freitag die Rechnungen in rechnungen/*.pdf gegen bestellungen.csv. Abweichungen über 2 % kommen nach abweichungen.md. Bezahlt wird nie etwas, das mache ich selbst.',
    traps: [
      { name: 'both sources', found: /rechnungen\/[\s\S]*bestellungen\.csv/ },
      { name: 'the threshold', found: /2\s?%/ },
      { name: 'the result’s file', found: /abweichungen\.md/ },
      { name: 'never pays', found: /bezahl\w* (?:wird )?(?:nie|nichts)|nie \w*bezahl/i },
      { name: 'in German', found: /\b(?:und|nicht|jede[rsn]?)\b/ },
    ],
    strong: INVOICES,
    weak: WEAK_INVOICES,
    weakMisses: ['never pays'],
  },
  {
    id: 'releases',
    goal: 'Cut releases of our pnpm monorepo: changelog from the pull requests merged since the last tag, versions bumped with changesets. Stop if CI on main is red. Never publish to npm, a person does that.',
    traps: [
      { name: 'the package manager', found: /\bpnpm (?:exec )?changeset/ },
      { name: 'since the last tag', found: /git describe --tags --abbrev=0|last tag/ },
      { name: 'stops at red', found: /red[\s\S]{0,80}stop|stop[\s\S]{0,80}red/i },
      { name: 'never publishes', found: /never (?:run|publish)|publish(?:es|ed)? nothing/i },
    ],
    strong: RELEASES,
    weak: WEAK_RELEASES,
    weakMisses: ['never publishes'],
  },
];
