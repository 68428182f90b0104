import type { ReactElement } from 'react';
import { part } from '../chunks/part.tsx';
import styles from './account-menu.module.css';
import { useHandle } from './me.ts';
import { useAskSignIn } from './sign-in-region.tsx';

/** A plain name without a menu is enough while the server is away. */
const HandleMenu = part(
  () => import('./handle-menu.tsx'),
  (module) => module.HandleMenu,
  { waiting: JustHandle, frame: (_, props) => <JustHandle {...props} /> },
);

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
      {handle && <HandleMenu handle={handle} />}
    </span>
  );
}

function JustHandle({ handle }: { readonly handle: string }): ReactElement {
  return <span className={`soft ${styles['handle-name']}`}>{handle}</span>;
}
