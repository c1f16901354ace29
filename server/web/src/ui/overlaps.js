// Warnings that somebody is expected in two places at once, with what to do about it.

import { html } from '../html.js';
import { pick } from '../i18n.js';

/** @param {{problems: import('../api.js').Problem[], mend?: boolean}} props mend: also what the provider can do */
export function Overlaps({ problems, mend = true }) {
	return html`<ul class="mb-0">${problems.map((one, i) => html`<li key=${i}>${pick(one)} ${mend && pick(one, 'mend')}</li>`)}</ul>`;
}
