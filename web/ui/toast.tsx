import { createContext, type ReactElement, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';

export interface Toast {
  readonly text: string;
  readonly undo?: (() => void) | undefined;
}

const SHOWN_MS = 8000;
const ShowToast = createContext<(toast: Toast) => void>(() => {});

/** One message at a time at the foot of the page, with an undo where there is one. */
export function ToastRegion({ children }: { readonly children: ReactNode }): ReactElement {
  const [toast, setToast] = useState<Toast>();
  const show = useCallback((next: Toast) => setToast(next), []);
  useEffect(() => {
    if (!toast) return;
    const timer = setTimeout(() => setToast(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast]);

  const undo = (): void => {
    toast?.undo?.();
    setToast(undefined);
  };
  return (
    <ShowToast value={show}>
      {children}
      <div className="toasts" role="status">
        {toast && (
          <p className="toast">
            <span>{toast.text}</span>
            {toast.undo && (
              <button type="button" className="link" onClick={undo}>
                Undo
              </button>
            )}
          </p>
        )}
      </div>
    </ShowToast>
  );
}

export function useToast(): (toast: Toast) => void {
  return useContext(ShowToast);
}
