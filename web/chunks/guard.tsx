import { Component, type ReactNode } from 'react';
import { FailureNote } from '../ui/failure-note.tsx';

const BROKE = {
  code: 'internal',
  message: 'This part of the page broke. The rest of the page goes on.',
} as const;

/** Keeps what breaks inside to itself: without it React takes the whole page away. */
export class Guard extends Component<{ readonly children: ReactNode }, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { readonly broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <FailureNote
        failure={BROKE}
        kept="The goal and the runs of this tab are kept, also if you reload the page."
      >
        <button type="button" className="plain strong" onClick={() => this.setState({ broken: false })}>
          Try again
        </button>
        <button type="button" className="plain" onClick={() => location.reload()}>
          Reload the page
        </button>
      </FailureNote>
    );
  }
}
