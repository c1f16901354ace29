// What the credits of an event come to by the rules in force, beside what is entered.

import { api, query } from '../../api.js';
import { date, number } from '../../format.js';
import { html } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { TextField } from '../../ui/field.js';
import { Load, useLoad } from '../../ui/load.js';
import { credits, levelsOf } from './event-fields.js';

const one = { minimumFractionDigits: 1 };

/** The question to the server. @param {any} form */
function asked(form) {
	const { data_ini, data_fine, ore, tipo_form, cod_tipologia_form, num_part } = form;
	return query({ data_ini, data_fine, levels: levelsOf(form).join(' '), ore, tipo_form, cod_tipologia_form, num_part, theme: String(Boolean(form.theme)), crediti: credits(form.crediti),
		credits_reason: form.credits_reason ? '1' : '', event: form.id ?? '',
		seconds_needed: form.minutes_needed === '' ? '' : Number(form.minutes_needed) * 60 });
}

/** @param {{data: any, form: any, onUse: (credits: string) => void, onHours: (hours: number) => void, onReason: (reason: string) => void}} props */
function Sum({ data, form, onUse, onHours, onReason }) {
	const differs = data.credits !== null && data.credits !== credits(form.crediti);
	return html`
		<p>${data.credits === null ? t('computed.none') : html`<strong>${t('computed.credits', { n: number(Number(data.credits), one) })}</strong>`}</p>
		${data.terms.length > 0 && html`<ul>${data.terms.map((/** @type {any} */ term) => html`<li key=${term.it}>${t('computed.term', { hours: data.hours, per_hour: number(Number(term.per_hour), one), what: pick(term) })}</li>`)}</ul>`}
		<p class="muted small">${t('computed.source', { date: date(data.valid_from), source: data.source, maximum: number(Number(data.maximum), one) })}</p>
		${data.warnings.length > 0 && html`<ul class="list-unstyled">${data.warnings.map((/** @type {any} */ problem) => html`<li key=${problem.code} class=${`finding finding-${problem.severity}`}>${pick(problem)} ${pick(problem, 'mend')}</li>`)}</ul>`}
		${data.path_hours !== null && data.path_hours !== Number(form.ore) && html`<p class="actions"><button type="button" class="btn btn-outline-primary" onClick=${() => onHours(data.path_hours)}>${t('computed.use_hours', { n: data.path_hours })}</button></p>`}
		${differs && html`<p class="actions"><button type="button" class="btn btn-outline-primary" onClick=${() => onUse(data.credits)}>${t('computed.use', { n: number(Number(data.credits), one) })}</button></p>`}
		${(differs || form.credits_reason) && html`<${TextField} id="credits_reason" label=${t('computed.reason')} help=${t('computed.reason_help')} optional maxlength="250" value=${form.credits_reason} onInput=${onReason} />`}`;
}

/** @param {{form: any, onUse: (credits: string) => void, onHours: (hours: number) => void, onReason: (reason: string) => void}} props */
export function ComputedCredits({ form, onUse, onHours, onReason }) {
	const question = asked(form);
	const sum = useLoad(() => api.get(`/ecm/credits${question}`), [question]);
	return html`<section class="panel panel-tinted mt-4 mb-4" aria-labelledby="computed">
		<h3 class="h6" id="computed">${t('computed.title')}</h3>
		<${Load} of=${sum}>${(/** @type {any} */ data) => html`<${Sum} data=${data} form=${form} onUse=${onUse} onHours=${onHours} onReason=${onReason} />`}<//>
	</section>`;
}
