import {
  createContext,
  type ReactElement,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useState,
} from 'react';

/** A message at the foot of the page, with a way back where the act can be undone. */
export interface Toast {
  readonly text: string;
  readonly undo?: (() => void) | undefined;
  /** What the button says that does `undo`, where that takes nothing back. */
  readonly act?: string | undefined;
}

const SHOWN_MS = 8000;
const ShowToast = createContext<(toast: Toast) => void>(() => {});

/** One message at a time at the foot of the page, with an undo where there is one. */
export function ToastRegion({ children }: { readonly children: ReactNode }): ReactElement {
  const [toast, setToast] = useState<Toast>();
  const [held, setHeld] = useState(false);
  const show = useCallback((next: Toast) => setToast(next), []);
  useEffect(() => {
    // Whoever points at it or has reached its undo by keyboard is not to be hurried.
    if (!toast || held) return;
    const timer = setTimeout(() => setToast(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast, held]);

  const undo = (): void => {
    toast?.undo?.();
    setToast(undefined);
    setHeld(false);
  };
  return (
    <ShowToast value={show}>
      {children}
      <div className="toasts" role="status">
        {toast && (
          <p
            className="toast"
            onPointerEnter={() => setHeld(true)}
            onPointerLeave={() => setHeld(false)}
            onFocus={() => setHeld(true)}
            onBlur={() => setHeld(false)}
          >
            <span>{toast.text}</span>
            {toast.undo && (
              <button type="button" className="link" onClick={undo}>
                {toast.act ?? 'Undo'}
              </button>
            )}
          </p>
        )}
      </div>
    </ShowToast>
  );
}

/** Shows a message in place of the one before. Outside of a `ToastRegion` it does nothing. */
export function useToast(): (toast: Toast) => void {
  return useContext(ShowToast);
}
