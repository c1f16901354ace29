// Every address of the application, with its page and the role it is for.

import { LogIn } from './pages/log-in.js';
import { Password } from './pages/password.js';

/** @type {import('./router.js').Route[]} */
export const routes = [
	{ path: '/accesso', page: LogIn, open: true },
	{ path: '/profilo/password', page: Password },
];
