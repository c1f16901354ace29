// Before the final test: what it is, what it takes, what is still missing, how the attempts so far went.

import { date, dateTime } from '../../format.js';
import { html } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { navigate } from '../../router.js';
import { useAction } from '../../ui/busy.js';
import { Icon } from '../../ui/icon.js';
import { Load, useLoad } from '../../ui/load.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';
import { Table } from '../../ui/table.js';
import { loadFinal, startFinal } from './current.js';
import { eventInClass, pageAbove, pagePath } from './which.js';

/** @typedef {import('../../types.js').FinalTest} FinalTest */

/** @param {{final: FinalTest}} props */
export function Attempts({ final }) {
	if (final.history.length === 0) {
		return null;
	}
	const columns = [
		{ name: t('final.attempt'), head: true, cell: (/** @type {any} */ row) => (row.test ? t('results.in_class', { test: t(`results.test_${row.test}`) }) : t('final.attempt_n', { n: row.number })) },
		{ name: t('final.handed_in'), cell: (/** @type {any} */ row) => (row.test ? date(row.day) : dateTime(row.done_at)) },
		{ name: t('final.right'), num: true, cell: (/** @type {any} */ row) => (row.questions > 0 ? t('final.right_of', row) : '—') },
		{ name: t('final.outcome'), cell: (/** @type {any} */ row) => html`<span class=${`tag ${row.passed ? 'tag-good' : 'tag-warn'}`}>${t(row.passed ? 'final.passed' : 'final.failed')}</span>` },
	];
	return html`<section aria-labelledby="attempts">
		<h2 class="h4" id="attempts">${t('final.attempts')}</h2>
		<${Table} caption=${t('final.attempts')} columns=${columns} rows=${final.history} keyOf=${(/** @type {any} */ row) => row.number ?? `${row.test} ${row.day}`} empty="" />
	</section>`;
}

/** @param {{final: FinalTest}} props */
function Missing({ final }) {
	return html`<div class="panel panel-tinted">
		<h2 class="h5">${t('final.missing')}</h2>
		<ul>${final.missing.map((fact, i) => html`<li key=${i}>${pick(fact)}</li>`)}</ul>
		<p class="actions"><a class="btn btn-primary" href=${pageAbove().href}>${t(eventInClass() ? 'classes.back' : 'quest.to_path')}</a></p>
	</div>`;
}

/** @param {{final: FinalTest}} props */
function Begin({ final }) {
	const start = useAction(async () => {
		const view = await startFinal();
		navigate(pagePath(view.attempt ? `/prova-finale/domanda/${view.attempt.position + 1}` : '/prova-finale/esito'));
	});
	const { attempt } = final;
	const facts = [
		attempt && ['check-circle', t('quest.intro_resume', { answered: attempt.answered.filter(Boolean).length, total: attempt.total })],
		['list', t('final.intro_numbers', { questions: final.questions, needed: final.needed })],
		['refresh', final.attempts_max === 0 ? t('final.intro_unlimited') : t('final.intro_attempts', { used: final.attempts_used, max: final.attempts_max })],
		['clock', t('quest.intro_no_timer')],
		['restore', t('quest.intro_saved')],
		['pencil', t('quest.intro_review')],
		['info-circle', t('final.intro_answers')],
	].filter(Boolean);
	return html`
		<ul class="marked">${facts.map((fact) => fact && html`<li key=${fact[0]}><${Icon} name=${fact[0]} color="primary" /><span>${fact[1]}</span></li>`)}</ul>
		<${ErrorBox} error=${start.error} />
		<p class="actions">
			<button type="button" class="btn btn-primary btn-lg" disabled=${start.busy} onClick=${start.run}>${t(attempt ? 'final.resume' : 'final.start')}</button>
			<a class="btn btn-outline-primary btn-lg" href=${pageAbove().href}>${t('quest.not_now')}</a>
		</p>`;
}

/** @param {{final: FinalTest}} props */
function Body({ final }) {
	const event = final.event && html`<p>${t('final.event', { title: final.event.title, from: date(final.event.from), to: date(final.event.to) })}</p>`;
	if (final.passed) {
		return html`${event}<div class="next next-good"><h2>${t('final.you_passed')}</h2>
			<div class="next-action"><a class="btn btn-light btn-lg" href=${pagePath('/prova-finale/esito')}>${t('final.see_result')}</a></div></div>`;
	}
	const may = final.attempt || final.may_start;
	return html`${event}${may ? html`<${Begin} final=${final} />` : html`<${Missing} final=${final} />`}<${Attempts} final=${final} />`;
}

export function FinalIntro() {
	const final = useLoad(loadFinal);
	return html`<${Page} title=${t('final.title')} lead=${t('final.lead')} narrow up=${pageAbove()}>
		<${Load} of=${final}>${(/** @type {FinalTest} */ data) => html`<${Body} final=${data} />`}<//>
	<//>`;
}
