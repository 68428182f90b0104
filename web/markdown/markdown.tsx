import { type ReactElement, useMemo } from 'react';
import { Blocks } from './blocks.tsx';
import { lex } from './lex.ts';
import './markdown.css';

/** A model's Markdown as React elements: no HTML, no images, nothing that loads or runs. */
export function Markdown({ text }: { readonly text: string }): ReactElement {
  const tokens = useMemo(() => lex(text), [text]);
  if (!tokens)
    return (
      <p className="soft small">This text is too long or too deep to be shown formatted. See its source.</p>
    );
  return (
    <div className="prose">
      <Blocks tokens={tokens} />
    </div>
  );
}
