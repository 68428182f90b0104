import type { ReactElement } from 'react';
import type { Finding } from '../../shared/contract/plan.ts';

type Severity = Finding['severity'];

const TONES: Readonly<Record<Severity, string>> = {
  info: '',
  warning: 'warn',
  error: 'bad',
  critical: 'bad',
};

/** How bad a finding is, in a word and a colour. */
export function SeverityTag({ severity }: { readonly severity: Severity }): ReactElement {
  return <span className={`tag ${TONES[severity]}`}>{severity}</span>;
}
