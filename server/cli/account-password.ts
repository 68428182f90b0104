import { resetPassword } from '../accounts/reset-password.ts';
import { withStorage } from './operator-storage.ts';

/** `npm run account:password -- user@example.com`: gives an account a new password, which is shown once, and ends its sessions. */

const [email] = process.argv.slice(2);

if (email === undefined) {
  console.error('Say whose: npm run account:password -- user@example.com');
  process.exit(2);
}
const reset = await withStorage((db, audit) => resetPassword(db, audit, email));

switch (reset.kind) {
  case 'done':
    console.log(
      `New password: ${reset.password}\nEvery session is ended. Pass it on safely; it is to be changed under Settings.`,
    );
    break;
  case 'unknown':
    console.error('There is no account with that e-mail address.');
    process.exitCode = 1;
    break;
  case 'no password':
    console.error('That account signs in through GitHub and has no password.');
    process.exitCode = 1;
}
