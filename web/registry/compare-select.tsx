import { type ReactElement, useId } from 'react';
import { useSearchParams } from 'wouter';

interface CompareSelectProps {
  readonly versions: readonly string[];
  readonly shown: string;
}

/** Which other version the shown one is compared with. It is in the address, so that a comparison can be sent to somebody. */
export function useCompared({ versions, shown }: CompareSelectProps): string | undefined {
  const [params] = useSearchParams();
  const other = params.get('compare');
  return versions.find((one) => one === other && one !== shown);
}

export function CompareSelect({ versions, shown }: CompareSelectProps): ReactElement {
  const id = useId();
  const compared = useCompared({ versions, shown });
  const [, setParams] = useSearchParams();
  const choose = (version: string): void =>
    setParams(
      (known) => {
        const next = new URLSearchParams(known);
        if (version === '') next.delete('compare');
        else next.set('compare', version);
        return next;
      },
      { replace: true },
    );
  return (
    <p className="row">
      <label htmlFor={id}>Compare {shown} with</label>
      <select id={id} value={compared ?? ''} onChange={({ target }) => choose(target.value)}>
        <option value="">no other version</option>
        {versions
          .filter((one) => one !== shown)
          .map((one) => (
            <option key={one}>{one}</option>
          ))}
      </select>
    </p>
  );
}
