import type { ComposeEvent, EventData } from '../../shared/contract/events.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import { PHASES, type PhaseName } from '../../shared/contract/phase.ts';
import { plainText } from '../../shared/providers/plain-text.ts';

/** How long the phases usually take, of 100. */
const SHARE: Readonly<Record<PhaseName, number>> = {
  classifying: 8,
  planning: 17,
  drafting: 50,
  analyzing: 25,
};
const WIDTH = 30;

/** What happened and what to do next, and below it the provider's own words. */
export function failureLines({ message, said }: Failure): string {
  return said === undefined ? message : `${message}\n  The provider said: ${plainText(said)}`;
}

/** A run in a terminal: one bar that moves, and a line for everything that stays. Without a terminal, lines only. */
export class Progress {
  readonly #out: NodeJS.WriteStream;
  readonly #done = new Map<PhaseName, number>();
  #label = '';
  #usage = '';

  constructor(out: NodeJS.WriteStream) {
    this.#out = out;
  }

  show(event: ComposeEvent): void {
    if (event.event === 'phase') this.#phase(event.data);
    if (event.event === 'plan') this.#plan(event.data);
    if (event.event === 'analysis') this.#analysis(event.data);
    if (event.event === 'usage') {
      const cost = event.data.costUsd === null ? 'cost unknown' : `$${event.data.costUsd.toFixed(4)}`;
      this.#usage = `${event.data.inputTokens + event.data.outputTokens} tokens, ${cost}`;
      this.#bar();
    }
    if (event.event === 'call' && event.data.item !== undefined && event.data.error)
      for (const line of failureLines(event.data.error).split('\n'))
        this.#line(`  ${event.data.item}: ${line}`);
    if (event.event === 'call' && event.data.state === 'waiting')
      this.#line(`  the provider asks to wait ${event.data.waitSeconds ?? 0} s`);
  }

  /** A line that stays. */
  say(text: string): void {
    this.#line(text);
  }

  end(text: string): void {
    this.#clear();
    this.#out.write(`${text}. ${this.#usage}\n`);
  }

  #plan({ title, items, uncovered }: EventData<'plan'>): void {
    this.#line(title);
    for (const { action, name } of items) this.#line(`  ${action}  ${name}`);
    for (const { need } of uncovered) this.#line(`  not covered: ${need}`);
  }

  #analysis({ item, scores, findings, verdict }: EventData<'analysis'>): void {
    const shown = scores
      ? `specificity ${scores.specificity}, completeness ${scores.completeness}, safety ${scores.safety}, goal ${scores.goalAlignment}`
      : 'not scored';
    this.#line(`  ${verdict.padEnd(6)}  ${item}: ${shown}; ${findings.length} findings`);
  }

  #phase({ phase, state, done = 0, of = 0 }: EventData<'phase'>): void {
    const part = of > 0 ? done / of : 0;
    this.#done.set(phase, state === 'done' ? 1 : part);
    this.#label = of > 1 ? `${phase} ${done} of ${of}` : phase;
    if (this.#out.isTTY) this.#bar();
    else if (state === 'start') this.#line(phase);
    else if (state === 'done' && of > 1) this.#line(`${phase}: ${done} of ${of}`);
  }

  #bar(): void {
    if (!this.#out.isTTY) return;
    const percent = PHASES.reduce((sum, phase) => sum + SHARE[phase] * (this.#done.get(phase) ?? 0), 0);
    const filled = Math.round((percent / 100) * WIDTH);
    this.#clear();
    this.#out.write(
      `${'━'.repeat(filled)}${'─'.repeat(WIDTH - filled)} ${this.#label}  ${this.#usage}`.slice(
        0,
        Math.max(20, this.#out.columns - 1),
      ),
    );
  }

  #line(text: string): void {
    this.#clear();
    // Control characters of a model's text would reach the terminal.
    this.#out.write(`${text.replace(/[\0-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, ' ')}\n`);
    this.#bar();
  }

  #clear(): void {
    if (this.#out.isTTY) this.#out.write('\r\x1b[K');
  }
}
