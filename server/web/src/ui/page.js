// The shell of a page: its title in the window, and its heading, which takes the focus after navigation.

import { useEffect, useRef } from 'preact/hooks';
import { html, classes } from '../html.js';
import { t } from '../i18n.js';
import { moved } from '../router.js';

/**
 * @typedef {object} PageProps
 * @property {string} title
 * @property {any} [lead] a sentence or two below the heading
 * @property {any} [actions] buttons beside the heading
 * @property {{href: string, text: string}} [up] the page above
 * @property {boolean} [narrow] text and forms: a short line is easier to read
 * @property {any} [children]
 */

/** @param {PageProps} props */
export function Page({ title, lead, actions, up, narrow, children }) {
	const heading = useRef(/** @type {HTMLElement | null} */ (null));
	useEffect(() => {
		document.title = `${title} · ${t('programme.title')}`;
	});
	useEffect(() => {
		if (moved.yes) {
			moved.yes = false;
			heading.current?.focus({ preventScroll: true });
		}
	}, []);
	return html`<div class=${classes('container page', narrow && 'page-narrow')}>
		${up && html`<nav class="page-up" aria-label=${t('page.up')}><a href=${up.href}>← ${up.text}</a></nav>`}
		<div class="page-head">
			<div>
				<h1 ref=${heading} tabindex="-1">${title}</h1>
				${lead && html`<p class="lead">${lead}</p>`}
			</div>
			${actions && html`<div class="page-actions">${actions}</div>`}
		</div>
		${children}
	</div>`;
}
