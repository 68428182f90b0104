import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { KeyIcon } from '../ui/icons.tsx';
import styles from './key.module.css';
import { KeyExplained } from './key-explained.tsx';

/** The page `/key`: what happens to a key, with the measured proof. */
export function KeyPage(): ReactElement {
  return (
    <article className={`page ${styles['key-page']}`}>
      <h1>
        <KeyIcon size={24} /> What happens to my key
      </h1>
      <p>
        It turns once. You paste it, it runs one compose, and then nothing that belongs to Oneturn has it any
        more. <Link href="/compose">Back to Compose</Link>
      </p>
      <KeyExplained />
    </article>
  );
}
