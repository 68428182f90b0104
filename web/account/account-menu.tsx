import { lazy, type ReactElement, Suspense } from 'react';
import { useAskSignIn } from './sign-in-region.tsx';
import { useHandle } from './use-handle.ts';
import './account-menu.css';

const HandleMenu = lazy(async () => ({ default: (await import('./handle-menu.tsx')).HandleMenu }));

/** The header's end: who is signed in and what is theirs, or "Sign in". Its place is kept until that is known. */
export function AccountMenu(): ReactElement {
  const handle = useHandle();
  const ask = useAskSignIn();
  return (
    <span className="account">
      {handle === null && (
        <button type="button" className="plain" onClick={() => void ask()}>
          Sign in
        </button>
      )}
      {handle && (
        <Suspense fallback={<span className="handle-name soft">{handle}</span>}>
          <HandleMenu handle={handle} />
        </Suspense>
      )}
    </span>
  );
}
