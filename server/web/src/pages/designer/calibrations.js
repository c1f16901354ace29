// Calibrations: run one from the placements taken, read what it would change, adopt it.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { dateTime, number, percent } from '../../format.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { navigate } from '../../router.js';
import { useAction } from '../../ui/busy.js';
import { SelectField } from '../../ui/field.js';
import { Load, useLoad } from '../../ui/load.js';
import { notify } from '../../ui/notices.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';
import { Table } from '../../ui/table.js';
import { bankOptions } from './standards.js';

/** @param {{banks: any[]}} props */
function Run({ banks }) {
	const [bank, setBank] = useState(banks.find((each) => each.active)?.id ?? banks[0]?.id ?? '');
	const [model, setModel] = useState('rasch');
	const run = useAction(async () => {
		const made = await api.post('/calibrations', { bank: Number(bank), model, method: 'mml' });
		navigate(`/calibrazioni/${made.id}`);
	});
	const submit = (/** @type {Event} */ event) => {
		event.preventDefault();
		run.run();
	};
	return html`<form onSubmit=${submit} noValidate>
		<${SelectField} id="bank" label=${t('standard.bank')} value=${bank} options=${bankOptions(banks)} onInput=${setBank} />
		<${SelectField} id="model" label=${t('calibration.model')} value=${model} options=${[['rasch', 'Rasch'], ['2pl', '2PL'], ['3pl', '3PL']]} onInput=${setModel} />
		<${ErrorBox} error=${run.error} title=${t('calibration.refused')} />
		<p class="actions"><button type="submit" class="btn btn-primary" disabled=${run.busy}>${t('calibration.run')}</button></p>
	</form>`;
}

export function CalibrationsPage() {
	const all = useLoad(async () => ({ ...await api.get('/calibrations'), ...await api.get('/banks') }));
	const columns = [
		{ name: t('calibration.made'), head: true, cell: (/** @type {any} */ row) => html`<a href=${`/calibrazioni/${row.id}`}>${dateTime(row.made_at)}</a>` },
		{ name: t('calibration.model'), cell: (/** @type {any} */ row) => `${row.model}, ${row.method}` },
		{ name: t('calibration.persons'), num: true, cell: (/** @type {any} */ row) => number(row.persons) },
		{ name: t('standard.adopted'), cell: (/** @type {any} */ row) => (row.adopted ? html`<a href=${`/domande/${row.adopted}`}>${t('calibration.version')}</a>` : '—') },
	];
	return html`<${Page} title=${t('calibration.title')} lead=${t('calibration.lead')} up=${{ href: '/domande', text: t('nav.banks') }}>
		<${Load} of=${all}>${(/** @type {any} */ data) => html`
			<${Table} caption=${t('calibration.title')} columns=${columns} rows=${data.calibrations} keyOf=${(/** @type {any} */ row) => row.id} empty=${t('calibration.empty')} />
			<h2 class="mt-5">${t('calibration.new')}</h2>
			<${Run} banks=${data.banks} />`}<//>
	<//>`;
}

/** @param {{report: any}} props */
function Report({ report }) {
	const two = { maximumFractionDigits: 2, minimumFractionDigits: 2 };
	const shown = (/** @type {number | null} */ value) => (value === null || value === undefined ? '—' : number(value, two));
	const columns = [
		{ name: t('exam.item'), head: true, cell: (/** @type {any} */ row) => html`${row.item} ${row.misfit && html`<span class="tag tag-warn">${t('calibration.misfit')}</span>`} ${row.drifted && html`<span class="tag tag-warn">${t('calibration.drift')}</span>`}` },
		{ name: t('calibration.answers'), num: true, cell: (/** @type {any} */ row) => number(row.answers) },
		{ name: t('exam.facility'), num: true, cell: (/** @type {any} */ row) => percent(row.share) },
		{ name: 'a', num: true, cell: (/** @type {any} */ row) => shown(row.linked.a) },
		...(report.model === '3pl' ? [{ name: 'c', num: true, cell: (/** @type {any} */ row) => shown(row.c) }] : []),
		{ name: 'b', num: true, cell: (/** @type {any} */ row) => shown(row.linked.b) },
		{ name: t('calibration.se'), num: true, cell: (/** @type {any} */ row) => shown(row.se_b) },
		{ name: t('calibration.before'), num: true, cell: (/** @type {any} */ row) => shown(row.old?.b ?? null) },
		{ name: 'infit', num: true, cell: (/** @type {any} */ row) => shown(row.infit) },
		{ name: 'outfit', num: true, cell: (/** @type {any} */ row) => shown(row.outfit) },
	];
	const { people, accuracy } = report;
	return html`
		<p>${t('calibration.summary', { persons: number(report.persons), items: report.items.length, likelihood: shown(report.log_likelihood) })}</p>
		${!report.converged && html`<p><span class="tag tag-warn">${t('calibration.not_converged')}</span></p>`}
		<h2>${t('calibration.changes')}</h2>
		${people ? html`<p>${t('calibration.people', { changed: number(people.changed), compared: number(people.compared) })}
				${accuracy && ` ${t('calibration.accuracy', { before: accuracy.old === null ? '—' : percent(accuracy.old), after: percent(accuracy.new) })}`}</p>
			<${Table} caption=${t('calibration.table')} showCaption rows=${people.table.map((/** @type {number[]} */ row, /** @type {number} */ i) => ({ name: people.levels[i], row }))} keyOf=${(/** @type {any} */ row) => row.name} empty=""
				columns=${[{ name: t('calibration.was'), head: true, cell: (/** @type {any} */ row) => row.name }, ...people.levels.map((/** @type {string} */ name, /** @type {number} */ k) => ({ name, num: true, cell: (/** @type {any} */ row) => number(row.row[k]) }))]} />`
		: html`<p>${t('calibration.no_people')}</p>`}
		${report.dropped.length > 0 && html`<h2>${t('calibration.dropped')}</h2><ul>${report.dropped.map((/** @type {any} */ each) => html`<li key=${each.item}>${each.item}: ${t(`calibration.why_${each.why}`)}</li>`)}</ul>`}
		<h2>${t('exam.items')}</h2>
		<${Table} caption=${t('exam.items')} columns=${columns} rows=${report.items} keyOf=${(/** @type {any} */ row) => row.item} empty="" />`;
}

/** @param {{id: string}} props */
export function CalibrationPage({ id }) {
	const one = useLoad(() => api.get(`/calibrations/${id}`), [id]);
	const adopt = useAction(async () => {
		const { bank } = await api.post(`/calibrations/${id}/adopt`);
		notify(t('calibration.adopted_now'));
		navigate(`/domande/${bank}`);
	});
	return html`<${Page} title=${t('calibration.one')} up=${{ href: '/calibrazioni', text: t('calibration.title') }}>
		<${Load} of=${one}>${(/** @type {any} */ data) => html`<${Report} report=${data.report} />
			<${ErrorBox} error=${adopt.error} />
			${!data.adopted && html`<p>${t('calibration.adopt_text')}</p>
				<p class="actions"><button type="button" class="btn btn-primary" disabled=${adopt.busy} onClick=${adopt.run}>${t('calibration.adopt')}</button></p>`}`}<//>
	<//>`;
}
