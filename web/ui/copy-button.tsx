import { type ReactElement, useEffect, useState } from 'react';
import { useToast } from './toast.tsx';

const TOLD_MS = 2000;

/** Copies what `text` gives, and says so on the button. */
export function CopyButton({
  text,
  label = 'Copy',
}: {
  readonly text: () => string | Promise<string>;
  readonly label?: string;
}): ReactElement {
  const [copied, setCopied] = useState(false);
  const toast = useToast();
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), TOLD_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(await text());
      setCopied(true);
    } catch {
      toast({ text: 'The browser did not allow copying. Use Download, or select the text.' });
    }
  };
  return (
    <button type="button" className="plain" onClick={() => void copy()}>
      {copied ? 'Copied' : label}
    </button>
  );
}
