import { type ReactElement, useMemo } from 'react';
import { Blocks } from './blocks.tsx';
import styles from './markdown.module.css';
import { parseMarkdown } from './parse-markdown.ts';

/** A model's Markdown as React elements: no HTML, no images, nothing that loads or runs. */
export function Markdown({ text }: { readonly text: string }): ReactElement {
  const blocks = useMemo(() => parseMarkdown(text), [text]);
  if (!blocks)
    return (
      <p className="soft small">This text is too long or too deep to be shown formatted. See its source.</p>
    );
  return (
    <div className={styles['prose']}>
      <Blocks blocks={blocks} />
    </div>
  );
}
