import { setupServer } from 'msw/node';

/** Answers the page's requests; a test says what with `server.use`. */
export const server = setupServer();
