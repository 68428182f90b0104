import { readFileSync } from 'node:fs';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { ROUTES } from '../../shared/contract/routes.ts';
import { App } from '../../web/app.tsx';
import { PAGES } from '../../web/pages.tsx';
import { configNow } from './support/fixtures.ts';
import { server } from './support/server.ts';

test.each([
  ['/compose', 'Compose', 'page'],
  ['/me/plans', 'Plans', 'page'],
  ['/me/plans/11111111-1111-4111-8111-111111111111', 'Plans', 'true'],
  ['/runs/33333333-3333-4333-8333-333333333333', 'Plans', 'true'],
  ['/key', 'About keys', 'page'],
])('at %s the header marks %s', async (path, name, current) => {
  history.replaceState(null, '', path);
  server.use(http.get(ROUTES.config, () => HttpResponse.json(configNow())));
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <App />
    </QueryClientProvider>,
  );
  await screen.findByRole('heading', { level: 1 });
  const marked = screen.getAllByRole('link').filter((link) => link.hasAttribute('aria-current'));
  expect(marked.map((link) => [link.textContent, link.getAttribute('aria-current')])).toEqual([
    [name, current],
  ]);
});

test('the frame that is drawn before the script has the pages of the header', () => {
  const frame = new DOMParser().parseFromString(readFileSync('web/index.html', 'utf8'), 'text/html');
  const links = [...frame.querySelectorAll('header nav a')];
  expect(links.map((link) => [link.textContent, link.getAttribute('href')])).toEqual(
    PAGES.flatMap(({ nav, path }) => (nav ? [[nav, path]] : [])),
  );
});
