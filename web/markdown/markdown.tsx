import { type ReactElement, useMemo } from 'react';
import { Blocks } from './blocks.tsx';
import { LinksAreText } from './inline.tsx';
import styles from './markdown.module.css';
import { parseMarkdown } from './parse-markdown.ts';

interface MarkdownProps {
  readonly text: string;
  /** Links are text: what is cut off below must not take the focus. */
  readonly preview?: boolean;
}

/** A model's Markdown as React elements: no HTML, no images, nothing that loads or runs. */
export function Markdown({ text, preview = false }: MarkdownProps): ReactElement {
  const blocks = useMemo(() => parseMarkdown(text), [text]);
  if (!blocks)
    return (
      <p className="soft small">This text is too long or too deep to be shown formatted. See its source.</p>
    );
  return (
    <LinksAreText value={preview}>
      <div className={styles['prose']}>
        <Blocks blocks={blocks} />
      </div>
    </LinksAreText>
  );
}
