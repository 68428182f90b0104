/** How connections to a provider are kept, whoever pays. */
export const POOL_OPTIONS = {
  allowH2: false,
  pipelining: 1,
  keepAliveTimeout: 10_000,
  maxRequestsPerClient: 1000,
  autoSelectFamily: false,
} as const;
