import { type KeyboardEvent, type ReactElement, type ReactNode, useId, useLayoutEffect, useRef } from 'react';

import { CrossIcon } from './icons.tsx';

interface DialogProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly onClose: () => void;
  /** For comparisons, which need the room. */
  readonly wide?: boolean;
  /** Only its buttons and Esc close it: it shows something that will not be shown again. */
  readonly sticky?: boolean;
}

/** A modal question. It is open while it is rendered; Esc and a click beside it close it, and the focus goes back to where it was. */
export function Dialog({ title, children, onClose, wide, sticky }: DialogProps): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null);
  const pressedBeside = useRef(false);
  const titleId = useId();
  // A layout effect: its cleanup runs while the element is still in the page, which is what gives the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);

  const onKeyDown = (event: KeyboardEvent): void => {
    // A dialog that is rendered inside a form is none of its fields: Ctrl+Enter here starts no run.
    event.stopPropagation();
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    // Used up here: Esc in the page below would cancel a run.
    event.preventDefault();
    onClose();
  };
  return (
    <dialog
      ref={dialog}
      className={wide ? 'wide' : undefined}
      aria-labelledby={titleId}
      onKeyDown={onKeyDown}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      // Where the press began counts: selecting a field's text may end beside the dialog.
      onPointerDown={(event) => {
        pressedBeside.current = event.target === dialog.current;
      }}
      onClick={(event) => {
        if (!sticky && pressedBeside.current && event.target === dialog.current) onClose();
      }}
    >
      <div className="dialog">
        <h2 id={titleId}>{title}</h2>
        {children}
        {/* Last in the order, so that the first field has the focus; at the top to the eye. */}
        {!sticky && (
          <button type="button" className="close" aria-label="Close" onClick={onClose}>
            <CrossIcon />
          </button>
        )}
      </div>
    </dialog>
  );
}
