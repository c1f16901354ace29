// The frame around every page: header, the page of the address, footer, notices, the log-in dialog.

import { Fragment } from 'preact';
import { useEffect } from 'preact/hooks';
import { html } from './html.js';
import { language, t } from './i18n.js';
import { address, match, navigate } from './router.js';
import { routes } from './routes.js';
import { homeOf, session } from './session.js';
import { useSignal } from './signal.js';
import { Footer } from './ui/footer.js';
import { Header } from './ui/header.js';
import { LogInAgain } from './ui/log-in-again.js';
import { Notices } from './ui/notices.js';
import { Loading } from './ui/load.js';
import { NotAllowed, NotFound, Unreachable } from './pages/trouble.js';

/** Where somebody has to be instead, or null when the address is right. @param {string} path @param {import('./session.js').User | null} user @param {import('./router.js').Route | undefined} route */
export function detour(path, user, route) {
	if (!user) {
		return route?.open ? null : path === '/' ? '/accesso' : `/accesso?poi=${encodeURIComponent(path)}`;
	}
	if (user.must_change_password && !route?.open) {
		return route?.path === '/profilo/password' ? null : '/profilo/password';
	}
	return path === '/' ? homeOf(user) : null;
}

/** @param {{to: string}} props */
function Detour({ to }) {
	useEffect(() => navigate(to, { replace: true }), [to]);
	return html`<${Loading} />`;
}

/** @param {{path: string}} props */
function CurrentPage({ path }) {
	const now = session.get();
	if (!now) {
		return html`<${Loading} />`;
	}
	if (now.unreachable) {
		return html`<${Unreachable} />`;
	}
	const found = match(routes, path.split('?')[0]);
	const away = detour(path, now.user, found?.route);
	if (away) {
		return html`<${Detour} to=${away} />`;
	}
	if (!found) {
		return html`<${NotFound} />`;
	}
	const { role, page: Page } = found.route;
	if (role && !now.user?.roles.includes(/** @type {any} */ (role))) {
		return html`<${NotAllowed} />`;
	}
	// Another address is another page: it starts afresh, and its heading takes the focus.
	return html`<${Page} key=${path.split('?')[0]} ...${found.parts} />`;
}

export function App() {
	const path = useSignal(address);
	const now = useSignal(session);
	useSignal(language);
	return html`<${Fragment}>
		<div class="skiplinks">
			<a class="visually-hidden-focusable" href="#contenuto">${t('skip.content')}</a>
		</div>
		<${Header} session=${now} path=${path.split('?')[0]} />
		<main id="contenuto" tabindex="-1"><${CurrentPage} path=${path} /></main>
		<${Footer} programme=${now?.programme} />
		<${Notices} />
		<${LogInAgain} />
	<//>`;
}
