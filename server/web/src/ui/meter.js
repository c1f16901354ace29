// How much of something is done, as a bar; the words beside it say the same.

import { html, classes } from '../html.js';

/** @param {{share: number, label: string, good?: boolean}} props share: 0..1 */
export function Meter({ share, label, good }) {
	const percent = Math.round(Math.max(0, Math.min(1, share)) * 100);
	return html`<div class=${classes('meter', good && 'meter-good')} role="progressbar" aria-label=${label}
		aria-valuenow=${percent} aria-valuemin="0" aria-valuemax="100"><span style=${{ width: `${percent}%` }}></span></div>`;
}
