// Addresses and pages. Links are plain <a href>: one listener on the document turns them into navigation.

import { signal } from './signal.js';

/**
 * @typedef {object} Route
 * @property {string} path pattern: /persone/:id
 * @property {any} page component; gets the parts of the address as props
 * @property {string} [role] who may see it; nobody in particular when absent
 * @property {boolean} [open] also without a session
 */

/** The values of a pattern's parts in a path, or null when the path is another. @param {string} pattern @param {string} path @returns {Record<string, string> | null} */
export function parts(pattern, path) {
	const wanted = pattern.split('/');
	const given = path.replace(/(.)\/$/, '$1').split('/');
	if (wanted.length !== given.length) {
		return null;
	}
	/** @type {Record<string, string>} */
	const found = {};
	for (const [i, name] of wanted.entries()) {
		if (name.startsWith(':') && given[i] !== '') {
			try {
				found[name.slice(1)] = decodeURIComponent(given[i]);
			} catch {
				return null;
			}
		} else if (name !== given[i]) {
			return null;
		}
	}
	return found;
}

/** The first route that a path fits. @param {Route[]} routes @param {string} path */
export function match(routes, path) {
	for (const route of routes) {
		const found = parts(route.path, path);
		if (found) {
			return { route, parts: found };
		}
	}
	return null;
}

const here = () => (typeof location === 'undefined' ? '/' : location.pathname + location.search);

/** Path and query shown now. */
export const address = signal(here());

/** Whether the person moved inside the application (then the new page's heading takes the focus). */
export const moved = { yes: false };

/** @param {string} to @param {{replace?: boolean, keep?: boolean}} [how] keep: same page, so neither scroll nor focus moves */
export function navigate(to, how = {}) {
	history[how.replace ? 'replaceState' : 'pushState']({}, '', to);
	if (!how.keep) {
		moved.yes ||= !how.replace;
		window.scrollTo(0, 0);
	}
	address.set(here());
}

/** Whether a click on a link is ours to answer. @param {MouseEvent} event @param {HTMLAnchorElement} anchor */
function isOurs(event, anchor) {
	const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
	const inside = anchor.origin === location.origin && !/^\/(api|assets)\//.test(anchor.pathname);
	return plain && inside && !event.defaultPrevented && !anchor.target && !anchor.hasAttribute('download');
}

export function startRouter() {
	window.addEventListener('popstate', () => {
		moved.yes = true;
		address.set(here());
	});
	document.addEventListener('click', (event) => {
		const anchor = event.target instanceof Element ? event.target.closest('a') : null;
		if (!anchor?.hasAttribute('href') || !isOurs(event, anchor)) {
			return;
		}
		if (anchor.hash && anchor.pathname === location.pathname) {
			return;
		}
		event.preventDefault();
		navigate(anchor.pathname + anchor.search);
	});
}
