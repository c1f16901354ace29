// A coordinator of one company sees that one, whatever is asked for.

import { html } from '../../html.js';
import { t } from '../../i18n.js';

/** The company that an answer is bound to, or null when any could be chosen. @param {any} answer @param {string} asked */
export function ownCompany(answer, asked) {
	return answer?.company && answer.company !== asked ? answer.company : null;
}

/** @param {{own: string | null, companies: any[]}} props */
export function OnlyOwn({ own, companies }) {
	return own && html`<p class="muted">${t('progress.only', { company: companies.find((company) => company.code === own)?.name ?? (own === '-' ? t('progress.no_company') : own) })}</p>`;
}
