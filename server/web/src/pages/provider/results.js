// Tests taken in class: each participant's result, entered by hand or from a list, and corrections that keep what was wrong.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { date, dateTime, number } from '../../format.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { Load, useLoad } from '../../ui/load.js';
import { notify } from '../../ui/notices.js';
import { Page } from '../../ui/page.js';
import { Table } from '../../ui/table.js';
import { WhyDialog } from '../../ui/why-dialog.js';
import { classPath } from '../final/which.js';
import { ResultsList } from './class-list.js';
import { ResultDialog } from './result-dialog.js';
import { TestedCounts, TestRule } from './test-rule.js';

const nameOf = (/** @type {any} */ person) => `${person.given_name} ${person.family_name}`;

/** "23 su 30, soglia 23"; nothing without points. @param {any} one */
function pointsText(one) {
	return one.score === null ? '' : t('results.points', { score: number(one.score), maximum: number(one.maximum), needed: number(one.needed) });
}

/** Where somebody stands, whichever way the test was taken. @param {{outcome: any}} props */
export function Outcome({ outcome }) {
	const state = outcome.passed ? 'passed' : outcome.attempts > 0 ? 'failed' : 'waiting';
	const what = outcome.attempts > 0 && [t(`results.test_${outcome.test}`), outcome.day && date(outcome.day), pointsText(outcome)].filter(Boolean).join(' · ');
	return html`<span class=${`tag ${state === 'passed' ? 'tag-good' : state === 'failed' ? 'tag-warn' : ''}`}>${t(`results.${state}`)}</span>${what && html` <span class="sub">${what}</span>`}`;
}

/** Who entered what, and the voided ones. @param {{person: any, act: ((what: any) => void) | null}} props */
export function Results({ person, act }) {
	return html`<ul class="list-unstyled mb-2">${person.results.map((/** @type {any} */ one) => html`<li key=${one.id} class=${one.void_at ? 'muted' : ''}>
		${html`<${one.void_at ? 's' : 'strong'}>${t(`results.test_${one.test}`)}, ${t(one.passed ? 'results.passed' : 'results.failed')}<//>`}
		<span class="sub d-block">${[date(one.day), pointsText(one), one.how === 'list' && t('results.how_list'), one.note, t('results.by', { by: one.by, at: dateTime(one.recorded_at) })].filter(Boolean).join(' · ')}${one.void_at && ` — ${t('results.voided', { by: one.void_by, at: dateTime(one.void_at), why: one.void_why })}`}</span>
		${act && !one.void_at && html`<button type="button" class="btn btn-link btn-sm p-0 me-3" aria-label=${t('results.correct_of', { name: nameOf(person) })} onClick=${() => act({ person, correct: one })}>${t('results.correct')}</button>
			<button type="button" class="btn btn-link btn-sm p-0" aria-label=${t('results.void_of', { name: nameOf(person) })} onClick=${() => act({ person, remove: one })}>${t('results.void')}</button>`}
	</li>`)}</ul>`;
}

/** @param {{data: any, set: (data: any) => void}} props */
function People({ data, set }) {
	const [doing, act] = useState(/** @type {any} */ (null));
	const [last, remember] = useState(/** @type {any} */ ({}));
	const may = data.test.demanded && data.may_enter;
	const most = data.test.attempts_max;
	const mayTake = (/** @type {any} */ { outcome }) => !outcome.passed && (most === 0 || outcome.attempts < most);
	const columns = [
		{ name: t('people.name'), head: true, cell: (/** @type {any} */ one) => html`${data.may_manage ? html`<a href=${`/persone/${one.person}`}>${one.family_name} ${one.given_name}</a>` : `${one.family_name} ${one.given_name}`}<span class="sub code text-nowrap">${one.codice_fiscale}</span>` },
		{ name: t('results.outcome'), cell: (/** @type {any} */ one) => html`<${Outcome} outcome=${one.outcome} />` },
		{ name: t('results.entered'), cell: (/** @type {any} */ one) => (one.results.length > 0 ? html`<${Results} person=${one} act=${may ? act : null} />` : '—') },
		...(may ? [{ name: t('classes.actions'), actions: true, cell: (/** @type {any} */ one) => mayTake(one) && html`<button type="button" class="btn btn-sm btn-outline-primary" onClick=${() => act({ person: one })}
			aria-label=${`${t('results.enter')}: ${nameOf(one)}`}>${t('results.enter')}</button>` }] : []),
	];
	const done = (/** @type {any} */ next, /** @type {any} */ form) => {
		act(null);
		if (next) {
			remember(form);
			set(next);
			notify(t('results.saved'));
		}
	};
	return html`<${Table} caption=${t('results.title')} columns=${columns} rows=${data.people} keyOf=${(/** @type {any} */ one) => one.person} empty=${t('roll.nobody')} />
		${doing && !doing.remove && html`<${ResultDialog} data=${data} person=${doing.person} wrong=${doing.correct} last=${last} onClose=${done} />`}
		${doing?.remove && html`<${WhyDialog} title=${t('results.void_of', { name: nameOf(doing.person) })} text=${t('results.void_ask')} go=${t('results.void')} onClose=${() => act(null)}
			act=${async (/** @type {string} */ why) => set(await api.post(`/class-groups/${data.group.id}/results/${doing.remove.id}/void`, { why }))} />`}`;
}

/** How many of the people have passed, have not, or wait. @param {any[]} people */
function tested(people) {
	const passed = people.filter((one) => one.outcome.passed).length;
	const failed = people.filter((one) => !one.outcome.passed && one.outcome.attempts > 0).length;
	return { passed, failed, waiting: people.length - passed - failed };
}

/** @param {{id: string}} props */
export function ResultsPage({ id }) {
	const results = useLoad(() => api.get(`/class-groups/${id}/results`), [id]);
	const { data } = results;
	return html`<${Page} title=${t('results.title')} lead=${data && `${data.group.name} · ${data.event.title}`} up=${{ href: classPath(`/classi/${id}`), text: data?.group.name ?? t('classes.group') }}>
		<${Load} of=${results}>${() => html`
			<section class="panel panel-tinted mb-4" aria-label=${t('results.rules')}><${TestRule} test=${data.test} rules=${data.may_manage && classPath('') === '' ? `/eventi/${data.event.id}/prova` : undefined} />
				${data.test.demanded && html`<${TestedCounts} tested=${tested(data.people)} />`}</section>
			${!data.may_enter && html`<p class="alert alert-info">${t('results.closed')}</p>`}
			<${People} data=${data} set=${results.set} />
			<p class="mt-4"><a href=${`/api/class-groups/${id}/results.csv`} download>${t('results.csv')}</a></p>
			${data.test.demanded && data.may_enter && html`<${ResultsList} path=${`/class-groups/${id}/results.csv`} onDone=${results.reload} />`}`}<//>
	<//>`;
}
