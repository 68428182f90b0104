import { lazy, type ReactElement, Suspense } from 'react';
import styles from './account-menu.module.css';
import { useHandle } from './me.ts';
import { useAskSignIn } from './sign-in-region.tsx';

const HandleMenu = lazy(async () => ({ default: (await import('./handle-menu.tsx')).HandleMenu }));

/** The header's end: who is signed in and what is theirs, or "Sign in". Its place is kept until that is known. */
export function AccountMenu(): ReactElement {
  const handle = useHandle();
  const ask = useAskSignIn();
  return (
    <span className={styles['account']}>
      {handle === null && (
        <button type="button" className="plain" onClick={() => void ask()}>
          Sign in
        </button>
      )}
      {handle && (
        <Suspense fallback={<span className={`soft ${styles['handle-name']}`}>{handle}</span>}>
          <HandleMenu handle={handle} />
        </Suspense>
      )}
    </span>
  );
}
