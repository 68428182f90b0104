const LEAK = {
  since: '2026-11-01T00:00:00Z',
  done: { vendorRevoked: true, callsSeen: false, usageCompared: false },
};

/** The routes of stored keys, for `idor-table.ts`. */
export const STORED_KEY_ENTRIES = {
  // for all members of the workspace: nothing in it is its adder's alone
  'GET /v1/keys': { need: 'session', status: 200 },
  'POST /v1/keys': { need: 'session', manages: true, status: 422, body: () => ({ nonsense: true }) },
  'PUT /v1/keys/rules': { need: 'session', manages: true, status: 422, body: () => ({ nonsense: true }) },
  'DELETE /v1/keys/:id': { need: 'session', manages: true, status: 204, object: 'stored key' },
  'POST /v1/keys/:id/default': {
    need: 'session',
    manages: true,
    status: 204,
    object: 'stored key',
    body: () => ({ oldKey: 'keep' }),
  },
  'POST /v1/keys/:id/revoke': { need: 'session', manages: true, status: 200, object: 'stored key' },
  'GET /v1/keys/:id/leak': { need: 'session', manages: true, status: 200, object: 'stored key' },
  'PUT /v1/keys/:id/leak': {
    need: 'session',
    manages: true,
    status: 200,
    object: 'stored key',
    body: () => LEAK,
  },
  'GET /v1/keys/:id/calls': {
    need: 'session',
    manages: true,
    status: 200,
    object: 'stored key',
    queries: ['?since=2026-11-01T00:00:00Z', '?since=2026-11-01T00:00:00Z&format=csv'],
  },
  'POST /v1/keys/:id/test': { need: 'session', manages: true, status: 200, object: 'stored key' },
} as const;
