import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { ROUTES } from '../../../shared/contract/routes.ts';

/**
 * Answers the page's requests; a test says what with `server.use`. After a run that ended without its receipt the page
 * asks for it for a while, and may still be asking when the next test has begun: there is none.
 */
export const server = setupServer(
  http.get(ROUTES.byoReceipt(':run'), () => HttpResponse.json({ error: { code: 'not_found', message: 'No receipt.' } }, { status: 404 })),
);
