// What the credits of an event rest on, condition by condition.

import { date, number } from '../../format.js';
import { html } from '../../html.js';
import { pick, t } from '../../i18n.js';

/** The conditions as a list. @param {{credits: import('../../types.js').Credits, own?: boolean, declareAt?: string}} props own: for the person itself, with what to do */
export function Conditions({ credits, own, declareAt = '/dichiarazione' }) {
	return html`<ul class="list-unstyled mb-0">${credits.conditions.map((one) => {
		const state = one.fulfilled ? (one.demanded ? 'met' : 'not_demanded') : 'unmet';
		return html`<li key=${one.code} class="mb-2">
			<span class=${`tag ${one.fulfilled ? 'tag-good' : 'tag-warn'}`}>${t(`credits.${state}`)}</span> <strong>${t(one.code === 'path' && credits.in_class ? 'credits.presence' : `credits.${one.code}`)}</strong>${one.day && html` <span class="muted">${t('credits.met_on', { date: date(one.day) })}</span>`}
			<span class="d-block">${pick(one)} ${!one.fulfilled && pick(one, 'mend')}
				${own && one.code === 'declaration' && one.demanded && html` <a href=${declareAt}>${t(one.fulfilled ? 'declare.again' : 'credits.declare_go')}</a>`}
				${own && one.code === 'region' && !one.fulfilled && html` <a href=${declareAt}>${t('credits.declare_go')}</a>`}</span>
		</li>`;
	})}</ul>`;
}

/** The operator's own, on the home page. @param {{credits: import('../../types.js').Credits}} props */
export function Checklist({ credits }) {
	const { event } = credits;
	if (!event) {
		return null;
	}
	const values = { n: number(Number(event.crediti), { minimumFractionDigits: 1 }), title: event.title, date: date(credits.earned_on) };
	return html`<section class="panel panel-tinted mt-4" aria-labelledby="credits">
		<h2 class="h5" id="credits">${t(credits.eligible ? 'credits.eligible' : 'credits.missing')}</h2>
		<p>${t(credits.eligible ? 'credits.eligible_text' : 'credits.missing_text', values)}</p>
		<${Conditions} credits=${credits} own />
	</section>`;
}
