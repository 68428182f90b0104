/** The first part of every query key whose answer belongs to whoever is signed in. */
export const ACCOUNT_KEY = ['account'] as const;
