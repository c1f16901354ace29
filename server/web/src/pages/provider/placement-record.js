// Everything about one placement, for whoever has to answer for it: on the screen and on paper.

import { api } from '../../api.js';
import { dateTime, decimal, percent } from '../../format.js';
import { html } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { Load, useLoad } from '../../ui/load.js';
import { Page } from '../../ui/page.js';
import { answerWords } from '../../ui/question-answer.js';
import { Rich } from '../../ui/rich.js';
import { Table } from '../../ui/table.js';

/** @param {any} step */
function answerText(step) {
	return answerWords(step, step.answer).join('; ') || t('record.no_answer');
}

/** @param {any} step */
function outcome(step) {
	if (step.pilot) {
		return t('record.pilot');
	}
	return step.category === null || step.category === undefined ? '–' : t(step.category > 0 ? 'record.right' : 'record.wrong');
}

/** @param {{record: any}} props */
function Record({ record }) {
	const { test, again, result } = record;
	const facts = [
		['person', record.person?.name], ['state', t(`record.state_${record.state}`)], ['started', dateTime(record.started_at)],
		['done', record.done_at && dateTime(record.done_at)], ['number', record.number],
		['bank', `${record.bank.name}, ${record.bank.version}`],
		['method', t(`record.method_${test?.method ?? 'fixed'}`)],
		['policy', test && t('record.policy_of', { policy: test.policy_id, plan: test.plan_id || '–' })],
		['cuts', test?.policy?.cuts?.join(' / ')],
		['seed', test?.seed], ['excluded', test && test.excluded.length],
		['stopped_by', test?.stopped_by && t(`record.stop_${test.stopped_by}`)],
		['level', result && pick(result.level, 'name')],
		['probability', typeof result?.probability === 'number' && percent(result.probability)],
	].filter(([, value]) => value !== undefined && value !== null && value !== false && value !== '');
	const levels = result?.levels ?? [];
	const columns = [
		{ name: t('record.n'), head: true, cell: (/** @type {any} */ step) => step.position + 1 },
		{ name: t('record.item'), cell: (/** @type {any} */ step) => html`<strong>${step.id}</strong> <${Rich} text=${step.stem} />` },
		{ name: t('record.answer'), cell: answerText },
		{ name: t('record.outcome'), cell: outcome },
		{ name: 'θ', num: true, cell: (/** @type {any} */ step) => (typeof step.theta === 'number' ? decimal(step.theta) : '–') },
		{ name: 'SE', num: true, cell: (/** @type {any} */ step) => (typeof step.se === 'number' ? decimal(step.se) : '–') },
		...levels.map((/** @type {any} */ level, /** @type {number} */ i) => ({ name: pick(level, 'name'), num: true, cell: (/** @type {any} */ step) => (step.levels?.length ? percent(step.levels[i]) : '–') })),
	];
	return html`
		${again && html`<div class=${`alert ${again.same ? 'alert-success' : 'alert-danger'}`} role="status"><p class="mb-0">${t(again.same ? 'record.same' : `record.not_${again.why}`)}</p></div>`}
		<dl class="facts">${facts.map(([key, value]) => html`<div key=${key}><dt>${t(`record.${key}`)}</dt><dd>${value}</dd></div>`)}</dl>
		<h2 class="h4 mt-4">${t('record.steps')}</h2>
		<${Table} caption=${t('record.steps')} columns=${columns} rows=${record.steps} keyOf=${(/** @type {any} */ step) => step.position} empty="" />
		<h2 class="h4 mt-4">${t('record.decisions')}</h2>
		<${Table} caption=${t('record.decisions')} rows=${record.decisions} keyOf=${(/** @type {any} */ one) => one.at} empty=${t('record.none')} columns=${[
			{ name: t('record.at'), head: true, cell: (/** @type {any} */ one) => dateTime(one.at) },
			{ name: t('record.level'), cell: (/** @type {any} */ one) => one.level },
			{ name: t('record.by'), cell: (/** @type {any} */ one) => t(one.override ? 'record.override' : 'record.by_test') },
			{ name: t('record.why'), cell: (/** @type {any} */ one) => one.why || '–' },
		]} />
		<h2 class="h4 mt-4">${t('record.grants')}</h2>
		<${Table} caption=${t('record.grants')} rows=${record.grants} keyOf=${(/** @type {any} */ one) => one.at} empty=${t('record.none')} columns=${[
			{ name: t('record.at'), head: true, cell: (/** @type {any} */ one) => dateTime(one.at) },
			{ name: t('record.why'), cell: (/** @type {any} */ one) => one.why },
		]} />
		<p class="actions d-print-none"><button type="button" class="btn btn-outline-primary" onClick=${() => window.print()}>${t('record.print')}</button></p>`;
}

/** @param {{id: string}} props */
export function PlacementRecordPage({ id }) {
	const record = useLoad(() => api.get(`/placements/${id}/record`), [id]);
	return html`<${Page} title=${t('record.title', { id })} lead=${t('record.lead')}>
		<${Load} of=${record}>${(/** @type {any} */ data) => html`<${Record} record=${data} />`}<//>
	<//>`;
}
