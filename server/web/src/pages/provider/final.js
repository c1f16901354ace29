// The final test of an event: its rules, and how it and each of its questions did.

import { api } from '../../api.js';
import { number, percent } from '../../format.js';
import { html } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { BarTable } from '../../ui/bars.js';
import { Load, useLoad } from '../../ui/load.js';
import { Page } from '../../ui/page.js';
import { plainText } from '../../ui/rich.js';
import { Table } from '../../ui/table.js';
import { FinalRules } from './final-rules.js';

/** @param {{item: any}} props */
function Options({ item }) {
	return html`<ul class="list-unstyled mb-0 small">${item.options.map((/** @type {any} */ option) => html`<li key=${option.id}>
		${number(option.chosen)} · ${plainText(option.text)}${option.right && html` <span class="tag tag-good">${t('final.right_answer')}</span>`}
	</li>`)}</ul>`;
}

/** @param {{statistics: any}} props */
function Statistics({ statistics: s }) {
	if (s.people === 0) {
		return html`<div class="empty"><p>${t('exam.no_results')}</p></div>`;
	}
	const two = { maximumFractionDigits: 2, minimumFractionDigits: 2 };
	const columns = [
		{ name: t('exam.item'), head: true, cell: (/** @type {any} */ row) => html`${plainText(row.stem)}<br /><span class="muted small">${row.id} · ${pick(row, 'area')}</span>` },
		{ name: t('exam.asked'), num: true, cell: (/** @type {any} */ row) => number(row.asked) },
		{ name: t('exam.facility'), num: true, cell: (/** @type {any} */ row) => percent(row.difficulty) },
		{ name: t('exam.discrimination'), num: true, cell: (/** @type {any} */ row) => (row.discrimination === null ? '—' : number(row.discrimination, two)) },
		{ name: t('exam.distractors'), cell: (/** @type {any} */ row) => html`<${Options} item=${row} />` },
	];
	return html`
		<dl class="glance">
			<div><dt>${t('exam.people')}</dt><dd><strong>${number(s.people)}</strong></dd></div>
			<div><dt>${t('exam.passed_first')}</dt><dd><strong>${number(s.passed_first)}</strong> <span>${percent(s.passed_first / s.people)}</span></dd></div>
			<div><dt>${t('exam.passed_in_all')}</dt><dd><strong>${number(s.passed)}</strong> <span>${percent(s.passed / s.people)}</span></dd></div>
			<div><dt>${t('exam.mean')}</dt><dd><strong>${percent(s.mean_share)}</strong></dd></div>
		</dl>
		<h3 class="h5">${t('exam.by_attempt')}</h3>
		<${BarTable} caption=${t('exam.by_attempt')} first=${t('final.attempt')} nameOf=${(/** @type {any} */ row) => t('final.attempt_n', { n: row.number })} rows=${s.by_attempt}
			whole="taken" wholeName=${t('exam.taken')} series=${[{ field: 'passed', name: t('final.passed'), color: '#00645a' }]} />
		<h3 class="h5 mt-4">${t('exam.items')}</h3>
		<p class="muted">${t('exam.items_text')}</p>
		<${Table} caption=${t('exam.items')} columns=${columns} rows=${s.items} keyOf=${(/** @type {any} */ row) => row.id} empty="" />`;
}

/** @param {{id: string}} props */
export function EventFinalPage({ id }) {
	const rules = useLoad(() => api.get(`/ecm/events/${id}/final`), [id]);
	const statistics = useLoad(() => api.get(`/ecm/events/${id}/final/statistics`), [id]);
	return html`<${Page} title=${t('exam.final_of')} lead=${rules.data?.event.title} up=${{ href: `/eventi/${id}`, text: t('event.title_page') }}>
		${rules.data && [2, 3].includes(rules.data.event.tipo_form) && html`<p class="alert alert-info">${t('results.final_page')} <a href=${`/eventi/${id}/classi`}>${t('classes.open_page')}</a></p>`}
		<h2>${t('exam.results')}</h2>
		<${Load} of=${statistics}>${(/** @type {any} */ data) => html`<${Statistics} statistics=${data} />`}<//>
		<h2 class="mt-5">${t('exam.rules')}</h2>
		<${Load} of=${rules}>${(/** @type {any} */ data) => html`<${FinalRules} key=${data.rules.questions} data=${data} onSaved=${rules.set} />`}<//>
	<//>`;
}
