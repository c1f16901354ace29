// One person, with everything that credits rest on.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { date, dateTime, duration, number } from '../../format.js';
import { html } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { playerAddress } from '../../player-address.js';
import { useAction } from '../../ui/busy.js';
import { Load, useLoad } from '../../ui/load.js';
import { Page } from '../../ui/page.js';
import { PersonDataDialog } from '../../ui/person-data.js';
import { ErrorBox } from '../../ui/problems.js';
import { professionsInWords } from '../../ui/professions.js';
import { Table } from '../../ui/table.js';
import { Acts } from '../administrator/audit.js';
import { Conditions } from '../operator/checklist.js';
import { Decide } from './decide.js';
import { levelName } from './people.js';
import { PersonClasses } from './person-classes.js';

/** @param {{person: any}} props */
function Facts({ person }) {
	const facts = [
		['users.codice_fiscale', html`<span class="code">${person.codice_fiscale || '—'}</span>`],
		['people.profession', professionsInWords(person.professions) || t('people.no_ecm')],
		['people.company', person.company?.name ?? '—'],
		['users.contract', person.contract ? t(`contract.${person.contract}`) : '—'],
		['users.target_group', person.target_group ? t(`group.${person.target_group}`) : '—'],
		['users.email', person.email || '—'],
	];
	return html`<dl class="facts panel panel-tinted">${facts.map(([name, value]) => html`<div key=${name}><dt>${t(name)}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** @param {{person: any, levels: any[]}} props */
function PlacementHistory({ person, levels }) {
	const tests = [
		{ name: t('person.begun'), head: true, cell: (/** @type {any} */ one) => dateTime(one.started_at) },
		{ name: t('person.handed_in'), cell: (/** @type {any} */ one) => dateTime(one.done_at) || t('person.still_open') },
		{ name: t('person.score'), num: true, cell: (/** @type {any} */ one) => (one.score === null ? '—' : t('quest.right_of', { score: number(one.score), maximum: number(one.maximum) })) },
		{ name: t('people.level'), cell: (/** @type {any} */ one) => levelName(levels, one.level) },
		{ name: t('record.open'), actions: true, cell: (/** @type {any} */ one) => html`<a href=${`/collocazioni/${one.id}`}>${t('record.open')}</a>` },
	];
	const decisions = [
		{ name: t('audit.at'), head: true, cell: (/** @type {any} */ one) => dateTime(one.at) },
		{ name: t('people.level'), cell: (/** @type {any} */ one) => levelName(levels, one.level) },
		{ name: t('person.source'), cell: (/** @type {any} */ one) => t(`person.source_${one.source}`) },
		{ name: t('audit.by'), cell: (/** @type {any} */ one) => one.by ?? '—' },
		{ name: t('person.why'), cell: (/** @type {any} */ one) => one.why || '—' },
	];
	return html`<h3>${t('person.tests')}</h3>
		<${Table} caption=${t('person.tests')} columns=${tests} rows=${person.placements} keyOf=${(/** @type {any} */ one) => one.id} empty=${t('person.no_tests')} />
		<h3 class="mt-4">${t('person.decisions')}</h3>
		<${Table} caption=${t('person.decisions')} columns=${decisions} rows=${person.levels} keyOf=${(/** @type {any} */ one) => one.at} empty=${t('person.no_decisions')} />
		${person.grants.length > 0 && html`<h3 class="mt-4">${t('person.grants')}</h3>
			<ul>${person.grants.map((/** @type {any} */ grant) => html`<li key=${grant.at}>${t('person.grant', { at: dateTime(grant.at), by: grant.by ?? '—', why: grant.why })}
				<span class="tag">${t(grant.used ? 'person.grant_used' : 'person.grant_unused')}</span></li>`)}</ul>`}`;
}

/** The journals of a module: one for each attempt. @param {{person: any, module: number, inspect: any}} props */
function Journals({ person, module, inspect }) {
	const attempts = person.attempts.filter((/** @type {any} */ one) => one.module === module);
	return attempts.map((/** @type {any} */ one) => html`<button key=${one.id} type="button" class="btn btn-link btn-sm p-0 me-2" disabled=${inspect.busy}
		aria-label=${t('person.journal_of', { n: module, at: dateTime(one.created_at) })} onClick=${() => inspect.run(one.id)}>${t('person.journal')}</button>`);
}

/** Modules that were worked on and that the path of the present level does not have. @param {any} person @returns {number[]} */
export const outside = (person) => [...new Set(person.attempts.map((/** @type {any} */ one) => one.module))]
	.filter((index) => !person.modules.some((/** @type {any} */ one) => one.index === index)).sort((a, b) => a - b);

/** @param {{person: any}} props */
function Modules({ person }) {
	const inspect = useAction(async (/** @type {number} */ attempt) => {
		const { url } = await api.post(`/people/${person.id}/attempts/${attempt}/inspect`);
		location.assign(playerAddress(url));
	});
	const columns = [
		{ name: t('progress.module'), head: true, cell: (/** @type {any} */ one) => `${one.index}. ${pick(one, 'title')}` },
		{ name: t('people.state'), cell: (/** @type {any} */ one) => html`<span class=${`tag ${one.completed ? 'tag-good' : one.started ? 'tag-busy' : ''}`}>${t(one.completed ? 'status.completed' : one.started ? 'status.in_progress' : 'status.not_started')}</span>` },
		{ name: t('person.completed_at'), cell: (/** @type {any} */ one) => dateTime(one.completed_at) || '—' },
		{ name: t('person.score'), num: true, cell: (/** @type {any} */ one) => (one.score === null ? '—' : number(one.score, { maximumFractionDigits: 0 })) },
		{ name: t('person.by_course'), cell: (/** @type {any} */ one) => duration(one.seconds_by_course) },
		{ name: t('person.by_server'), cell: (/** @type {any} */ one) => duration(one.seconds_by_server) },
		{ name: t('person.journal'), cell: (/** @type {any} */ one) => html`<${Journals} person=${person} module=${one.index} inspect=${inspect} />` },
	];
	return html`<p class="muted">${t('person.two_clocks')}</p>
		<${ErrorBox} error=${inspect.error} />
		<${Table} caption=${t('home.modules')} columns=${columns} rows=${person.modules} keyOf=${(/** @type {any} */ one) => one.index} empty=${t('person.no_modules')} />
		${outside(person).length > 0 && html`<p class="mt-3">${t('person.outside')} ${outside(person).map((n) => html`<span key=${n} class="d-inline-block me-3">${t('home.module_n', { n })}: <${Journals} person=${person} module=${n} inspect=${inspect} /></span>`)}</p>`}`;
}

/** @param {{person: any}} props */
function Completion({ person }) {
	const { complete, at, missing } = person.completion;
	return html`<section class=${`alert ${complete ? 'alert-success' : 'alert-info'}`} aria-labelledby="completion">
		<h2 class="h5" id="completion">${complete ? t('person.complete', { date: date(at) }) : t('person.incomplete')}</h2>
		${!complete && html`<ul class="mb-0">${missing.map((/** @type {any} */ fact) => html`<li key=${fact.code}>${pick(fact)}</li>`)}</ul>`}
		${person.completions.map((/** @type {any} */ one) => html`<p key=${one.completed_at} class="mb-0">${t('person.evidence', { date: dateTime(one.completed_at), time: duration(one.seconds), event: one.evidence?.event || '—' })}</p>`)}
	</section>`;
}

/** @param {{credits: import('../../types.js').Credits}} props */
function CreditConditions({ credits }) {
	return html`<section class="panel mt-4" aria-labelledby="credits"><h2 class="h5" id="credits">${t('credits.checklist')}</h2>
		${credits.event ? html`<p><a href=${`/eventi/${credits.event.id}`}>${credits.event.title}</a></p><${Conditions} credits=${credits} />` : html`<p class="mb-0">${t('credits.no_event')}</p>`}
	</section>`;
}

/** @param {{person: any, credits: import('../../types.js').Credits, levels: any[], reload: () => void}} props */
function Person({ person, credits, levels, reload }) {
	const [deciding, decide] = useState(/** @type {'override' | 'retake' | null} */ (null));
	const [mending, mend] = useState(false);
	return html`
		<${Facts} person=${person} />
		<p class="actions"><button type="button" class="btn btn-outline-primary js-mend" onClick=${() => mend(true)}>${t('person.mend')}</button></p>
		${mending && html`<${PersonDataDialog} person=${person} path=${`/people/${person.id}/data`} onClose=${(/** @type {boolean} */ changed) => {
			mend(false);
			if (changed) {
				reload();
			}
		}} />`}
		<div class="mt-4"><${Completion} person=${person} /></div>
		<${CreditConditions} credits=${credits} />
		<${PersonClasses} id=${person.id} code=${person.codice_fiscale ?? ''} />
		<section aria-labelledby="placement">
			<h2 id="placement">${t('person.placement')}</h2>
			<p>${t('people.level')}: <strong>${person.level ? pick(person.level, 'name') : t('person.no_level')}</strong></p>
			<div class="actions mt-0 mb-4">
				<button type="button" class="btn btn-outline-primary js-override" onClick=${() => decide('override')}>${t('person.override')}</button>
				<button type="button" class="btn btn-outline-primary" onClick=${() => decide('retake')}>${t('person.retake')}</button>
			</div>
			<${PlacementHistory} person=${person} levels=${levels} />
		</section>
		<section aria-labelledby="modules"><h2 id="modules">${t('home.modules')}</h2><${Modules} person=${person} /></section>
		<section aria-labelledby="acts"><h2 id="acts">${t('audit.title')}</h2><${Acts} acts=${person.acts} /></section>
		${deciding && html`<${Decide} what=${deciding} person=${person} levels=${levels} onClose=${(/** @type {boolean} */ done) => {
			decide(null);
			if (done) {
				reload();
			}
		}} />`}`;
}

/** @param {{id: string}} props */
export function PersonPage({ id }) {
	const both = useLoad(async () => ({ person: await api.get(`/people/${encodeURIComponent(id)}`), levels: (await api.get('/path')).levels, credits: await api.get(`/people/${encodeURIComponent(id)}/credits`) }), [id]);
	const person = both.data?.person;
	return html`<${Page} title=${person ? `${person.given_name} ${person.family_name}` : t('person.title')} up=${{ href: '/persone', text: t('people.title') }}>
		<${Load} of=${both}>${(/** @type {any} */ data) => html`<${Person} ...${data} reload=${both.reload} />`}<//>
	<//>`;
}
