import { type ReactElement, useEffect } from 'react';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import { AccountMenu } from './account/account-menu.tsx';
import { SignInRegion } from './account/sign-in-region.tsx';
import { Guard } from './chunks/guard.tsx';
import { useRunning } from './compose/session/running.ts';
import { FIRST_PAGE, PAGES, type PageRoute } from './pages.tsx';
import { KeyIcon } from './ui/icons.tsx';
import { ThemeButton } from './ui/theme-button.tsx';
import { ToastRegion } from './ui/toast.tsx';

/** The frame around all pages: header, the current page, dialogs and messages. */
export function App(): ReactElement {
  return (
    <ToastRegion>
      <SignInRegion>
        <a className="skip" href="#main">
          Skip to the content
        </a>
        <Header />
        <main id="main" tabIndex={-1}>
          <Switch>
            {PAGES.map(({ path, title, Page }) => (
              <Route key={path} path={path}>
                <Titled title={title}>
                  <Guard key={path}>
                    <Page />
                  </Guard>
                </Titled>
              </Route>
            ))}
            <Route path="/">
              <Redirect to={FIRST_PAGE} replace />
            </Route>
            <Route>
              <Titled title="No such page">
                <NotFound />
              </Titled>
            </Route>
          </Switch>
        </main>
      </SignInRegion>
    </ToastRegion>
  );
}

function Header(): ReactElement {
  const [location] = useLocation();
  const isAway = useRunning() && location !== FIRST_PAGE;
  return (
    <header className="top">
      <Link className="mark" href={FIRST_PAGE}>
        <KeyIcon />
        <span className="mark-name">Oneturn</span>
      </Link>
      <nav aria-label="Pages">
        {PAGES.filter(({ nav }) => nav).map((page) => (
          <Link key={page.path} href={page.path} aria-current={currentness(page, location)}>
            {page.nav}
            {isAway && page.path === FIRST_PAGE && <span className="live-dot" />}
          </Link>
        ))}
      </nav>
      <span className="hidden" role="status">
        {isAway && 'A run goes on in Compose.'}
      </span>
      <ThemeButton />
      <AccountMenu />
    </header>
  );
}

/** `true`: the page that is shown stands below that one. */
function currentness({ path, above }: PageRoute, location: string): 'page' | 'true' | undefined {
  if (location === path) return 'page';
  return above?.some((start) => location.startsWith(start)) ? 'true' : undefined;
}

/** Sets the tab's title once per page; a page may say more in it afterwards. */
function Titled({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactElement;
}): ReactElement {
  const [location] = useLocation();
  const isAway = useRunning() && location !== FIRST_PAGE;
  useEffect(() => {
    document.title = `${isAway ? 'Composing… · ' : ''}${title} · Oneturn`;
  }, [title, isAway]);
  return children;
}

function NotFound(): ReactElement {
  return (
    <section className="page">
      <h1>There is no such page</h1>
      <p>
        <Link href={FIRST_PAGE}>Go to Compose</Link>
      </p>
    </section>
  );
}
