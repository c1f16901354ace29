// Every address of the application, with its page and the role it is for.

import { LogIn } from './pages/log-in.js';
import { OperatorHome } from './pages/operator/home.js';
import { Renew } from './pages/operator/renew.js';
import { Password } from './pages/password.js';
import { PlacementIntro } from './pages/placement/intro.js';
import { PlacementItemPage } from './pages/placement/item.js';
import { PlacementResult } from './pages/placement/result.js';
import { PlacementReview } from './pages/placement/review.js';

/** @type {import('./router.js').Route[]} */
export const routes = [
	{ path: '/accesso', page: LogIn, open: true },
	{ path: '/profilo/password', page: Password },

	{ path: '/percorso', page: OperatorHome, role: 'operator' },
	{ path: '/corso/:attempt/rinnova', page: Renew, role: 'operator' },
	{ path: '/questionario', page: PlacementIntro, role: 'operator' },
	{ path: '/questionario/domanda/:n', page: PlacementItemPage, role: 'operator' },
	{ path: '/questionario/riepilogo', page: PlacementReview, role: 'operator' },
	{ path: '/questionario/esito', page: PlacementResult, role: 'operator' },
];
