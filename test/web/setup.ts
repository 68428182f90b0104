import '@testing-library/jest-dom/vitest';
import { webcrypto } from 'node:crypto';
import { cleanup } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import { server } from './support/server.ts';

// What jsdom lacks and the page uses. The browser tests use the real things.
Object.defineProperty(globalThis, 'crypto', { value: webcrypto, configurable: true });
vi.stubGlobal('CSS', { supports: (property: string) => property === '-webkit-text-security' });
vi.stubGlobal('matchMedia', () => ({ matches: false }));
HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
  this.open = true;
};
HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
  this.open = false;
};
Element.prototype.scrollIntoView ??= () => {};

const complaints: unknown[][] = [];
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  complaints.length = 0;
  for (const level of ['error', 'warn'] as const) vi.spyOn(console, level).mockImplementation((...words) => void complaints.push(words));
});
afterEach(() => {
  cleanup();
  server.resetHandlers();
  vi.restoreAllMocks();
  // A page that complains has a bug, also when the test's own question was answered.
  expect(complaints).toEqual([]);
});
afterAll(() => server.close());
