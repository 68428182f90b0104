/** Every path of the HTTP interface, once. */
export const ROUTES = {
  config: '/v1/config',
  byo: '/v1/intent/byo',
  byoCheck: '/v1/intent/byo/check',
  byoReceipt: (run: string) => `/v1/intent/byo/${run}/receipt`,
  health: '/healthz',
  ready: '/readyz',
  metrics: '/metrics',
} as const;
