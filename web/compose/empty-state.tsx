import type { ReactElement } from 'react';
import { KeyWay } from '../key/key-way.tsx';
import styles from './empty-state.module.css';

/** The right column before the first run: what will happen, and where the key is while it does. */
export function EmptyState({
  host,
  keyed,
  onSamples,
}: {
  readonly host: string;
  readonly keyed: boolean;
  readonly onSamples: () => void;
}): ReactElement {
  return (
    <>
      <div className="sheet pad">
        <h1>One goal in, a bundle of skills out</h1>
        <ol className={styles['steps']}>
          {STEPS.map(([name, text]) => (
            <li key={name}>
              <span>{name}</span>
              <p className="small soft">{text}</p>
            </li>
          ))}
        </ol>
        <p className="row small soft">
          <button type="button" className="plain strong" onClick={onSamples}>
            See a sample result
          </button>
          Ten goals, and what came out of each.
        </p>
      </div>
      <section className="sheet pad" aria-labelledby="way-title">
        <h2 id="way-title">Where your key is, and for how long</h2>
        <KeyWay host={keyed ? host : 'the provider'} />
        <p className="small soft">
          Two requests leave this page: its settings when it loads, and the run; with them your word on the
          plan, where you look at it first. No job, no plan, no prompt and no key is stored.
        </p>
      </section>
    </>
  );
}

const STEPS = [
  ['Classify', 'What the goal asks for, need by need.'],
  ['Plan', 'What a published skill covers, what is new.'],
  ['Draft', 'Each new skill as a SKILL.md, up to eight at a time, while you watch.'],
  ['Analyze', 'Rules and a critic; a weak draft is written again.'],
] as const;
