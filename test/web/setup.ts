import '@testing-library/jest-dom/vitest';
import { Buffer } from 'node:buffer';
import { webcrypto } from 'node:crypto';
import { cleanup, configure } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import { server } from './support/server.ts';

// What jsdom lacks and the page uses. The browser tests use the real things.
Object.defineProperty(globalThis, 'crypto', { value: webcrypto, configurable: true });
// jsdom brings typed arrays of its own realm, which neither TextEncoder nor WebCrypto take for theirs.
const bytes = webcrypto.getRandomValues(Buffer.alloc(1));
globalThis.Uint8Array = Object.getPrototypeOf(Buffer) as Uint8ArrayConstructor; // as: Buffer extends Node's own Uint8Array
globalThis.ArrayBuffer = bytes.buffer.constructor as ArrayBufferConstructor; // as: the class of that realm's buffers
vi.stubGlobal('CSS', { supports: (property: string) => property === '-webkit-text-security' });
vi.stubGlobal('matchMedia', () => ({ matches: false }));
// jsdom lays nothing out, so that nothing grows.
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe() {}
    disconnect() {}
  },
);
HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
  this.open = true;
};
HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
  this.open = false;
};
Element.prototype.scrollIntoView ??= () => {};

// A slow machine is no fault of the page.
configure({ asyncUtilTimeout: 120_000 });

const complaints: unknown[][] = [];
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  complaints.length = 0;
  for (const level of ['error', 'warn'] as const)
    vi.spyOn(console, level).mockImplementation((...words) => void complaints.push(words));
});
afterEach(() => {
  cleanup();
  server.resetHandlers();
  vi.restoreAllMocks();
  // A page that complains has a bug, also when the test's own question was answered.
  expect(complaints).toEqual([]);
});
afterAll(() => server.close());
