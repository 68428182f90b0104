import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { ROUTES } from '../../../shared/contract/routes.ts';

/**
 * Answers the page's requests; a test says what with `server.use`. After a run that ended without its receipt, cancelled or failed, the
 * page asks for it, maybe when the test has ended: nobody is there then.
 */
export const server = setupServer(http.get(ROUTES.byoReceipt(':run'), () => HttpResponse.error()));
