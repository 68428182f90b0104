import { type ReactElement, useState } from 'react';

interface TryAgainProps {
  /** Asks again. A promise that it returns never rejects. */
  readonly again: () => unknown;
  readonly isStrong?: boolean;
}

/** Asks again for what did not come, once at a time, and says that it does. */
export function TryAgain({ again, isStrong = false }: TryAgainProps): ReactElement {
  const [isTrying, setTrying] = useState(false);

  async function press(): Promise<void> {
    if (isTrying) return;
    setTrying(true);
    await again();
    setTrying(false);
  }

  return (
    <button
      type="button"
      className={isStrong ? 'plain strong' : 'plain'}
      aria-disabled={isTrying}
      onClick={() => void press()}
    >
      {isTrying ? 'Trying again…' : 'Try again'}
    </button>
  );
}
