// Before every component's own styles: this fixes the order of the cascade layers.
import './ui/sheets/tokens.css';
import './ui/sheets/base.css';
import './ui/sheets/layout.css';
import './ui/sheets/header.css';
import './ui/sheets/parts.css';
import './ui/sheets/fields.css';
import './ui/sheets/buttons.css';
import './ui/sheets/dialog.css';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { watchStyles } from './chunks/load-chunk.ts';
import { retryTransient } from './http/call.ts';
import { applyTheme } from './ui/theme.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root to render into');

const client = new QueryClient({
  defaultOptions: {
    queries: { retry: retryTransient, refetchOnWindowFocus: false, refetchOnReconnect: false },
  },
});

applyTheme();
watchStyles();
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
