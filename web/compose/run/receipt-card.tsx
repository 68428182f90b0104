import { type ReactElement, useMemo } from 'react';
import * as z from 'zod/mini';
import { type Envelope, type Receipt, receipt } from '../../../shared/contract/receipt.ts';
import { peekEnvelope } from '../../../shared/signing/envelope.ts';
import { download } from '../../ui/download.ts';
import { formatSeconds, formatTenths, formatTokens, formatUsd } from '../../ui/format.ts';
import { KeyIcon } from '../../ui/icons.tsx';
import styles from './receipt-card.module.css';

/** The run's signed receipt, in the facts that people ask about. */
export function ReceiptCard({ envelope }: { readonly envelope: Envelope }): ReactElement | null {
  const facts = useMemo(() => readReceipt(envelope), [envelope]);
  if (!facts) return null;
  return (
    <section className="sheet pad" aria-labelledby="receipt-title">
      <div className="row titled">
        {facts.credentials === 'user' && <KeyIcon size={17} />}
        <h2 id="receipt-title">Receipt</h2>
        <button
          type="button"
          className="plain aside"
          onClick={() =>
            download('receipt.json', `${JSON.stringify(envelope, null, 2)}\n`, 'application/json')
          }
        >
          Download receipt.json
        </button>
      </div>
      <dl className={`num ${styles['facts-grid']}`}>
        {rowsOf(facts).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="small soft">
        Signed by this server, with nothing of the key in it. Verify it anywhere:{' '}
        <code>npm run verify -- receipt.json</code>
      </p>
    </section>
  );
}

function rowsOf(facts: Receipt): readonly (readonly [string, string])[] {
  const { cancel, usage } = facts;
  const about = usage.estimated ? 'about ' : '';
  return [
    ['Host', facts.host],
    ['Requests made', String(facts.calls.length)],
    ['Tokens', about + formatTokens(usage.inputTokens + usage.outputTokens)],
    ['Cost', usage.costUsd === null ? 'unknown' : about + formatUsd(usage.costUsd)],
    ['Outcome', `${facts.outcome} after ${formatSeconds(facts.ms)}`],
    ...(cancel
      ? [
          [
            'Cancel to closed upstream',
            `${formatTenths(cancel.closedMs)} ms, ${cancel.sockets} open sockets`,
          ] as const,
        ]
      : []),
    [
      'Whose key',
      {
        user: 'yours, for this run',
        stored: 'one that your workspace stored',
        operator: 'the operator\u2019s',
        none: 'none was needed',
      }[facts.credentials],
    ],
    ['Rows written', rowsInWords(facts)],
  ];
}

/** Who is signed in has a line in the audit log; whoever reads "0" must not find it there by surprise. */
function rowsInWords({ rowsWritten, auditEntries }: Receipt): string {
  return auditEntries === 0
    ? String(rowsWritten)
    : `${rowsWritten} of the run, ${auditEntries} in your audit log`;
}

/** Undefined when it is no receipt that this page knows. Its signature is for others to check: the server told it in this very answer. */
function readReceipt(envelope: Envelope): Receipt | undefined {
  const parsed = z.safeParse(receipt, peekEnvelope(envelope));
  return parsed.success ? parsed.data : undefined;
}
