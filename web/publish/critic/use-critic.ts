import { useState } from 'react';
import type { CriticReport } from '../../../shared/contract/author/critic.ts';
import type { Failure } from '../../../shared/contract/failure.ts';
import { useSignedIn } from '../../account/use-signed-in.ts';
import { useAction } from '../../http/use-action.ts';
import { askCritic } from '../publish-api.ts';
import type { WizardTools } from '../use-wizard.ts';

export interface CriticTools {
  /** Undefined: this registry has none, or the bundle has nothing new to read. */
  readonly critic: CriticReport | undefined;
  readonly busy: boolean;
  readonly failure: Failure | undefined;
  readonly ask: () => void;
  /** Why nothing can be published yet; undefined: it may be. */
  readonly holds: string | undefined;
}

/** What the dry run tells of the critic, and what it answered since in this tab about the very same bundle. */
export function useCritic({ refusal, signed, ready }: WizardTools): CriticTools {
  const { busy, failure, run } = useAction();
  const signedIn = useSignedIn();
  const [asked, setAsked] = useState<{ readonly about: string; readonly report: CriticReport }>();
  const told = refusal.bundle?.critic;
  const answered = asked?.about === ready?.about ? asked?.report : undefined;
  const critic = told && (told.opinion ? told : (answered ?? told));
  const ask = (): void => {
    if (!signed) return;
    const { wish, about } = signed;
    void run(async () => {
      const report = await signedIn('to ask the critic', () => askCritic(wish));
      if (report) setAsked({ about, report });
    });
  };
  return { critic, busy, failure, ask, holds: critic && holdOf(critic) };
}

function holdOf({ policy, opinion, reader }: CriticReport): string | undefined {
  if (policy === 'advise') return undefined;
  if (opinion?.verdict === 'block') return 'The critic would not publish this. Change what it names.';
  if (opinion) return undefined;
  return reader ? 'The critic has to read it first.' : 'This registry needs a critic, and has none to ask.';
}
