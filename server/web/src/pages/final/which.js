// Whose test, questionnaire and declaration a page is about: the path's, or those of an event in class (/aula/7/…).

import { t } from '../../i18n.js';

/** The event in class that the address names; null: the path's. @returns {string | null} */
export function eventInClass() {
	return /^\/aula\/(\d+)\//.exec(location.pathname)?.[1] ?? null;
}

/** A call's path, about the same event as the page. @param {string} path */
export function callPath(path) {
	const event = eventInClass();
	return event ? `${path}?event=${event}` : path;
}

/** A page's address, about the same event. @param {string} path */
export function pagePath(path) {
	const event = eventInClass();
	return event ? `/aula/${event}${path}` : path;
}

/** A class's page or register: the provider's, or that of who leads the class (/aula/…). @param {string} path */
export function classPath(path) {
	return location.pathname.startsWith('/aula/') ? `/aula${path}` : path;
}

/** The page above. */
export function pageAbove() {
	return eventInClass() ? { href: '/aula', text: t('classes.mine') } : { href: '/percorso', text: t('home.title') };
}
