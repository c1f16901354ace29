// Choosing people for an event (the trainers) among those who finished the path: filter, shortlist, reasons.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { date, dateTime, number } from '../../format.js';
import { html } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { asOptions, table } from '../../tables.js';
import { useAction } from '../../ui/busy.js';
import { Dialog } from '../../ui/dialog.js';
import { SelectField, TextField } from '../../ui/field.js';
import { useFilters } from '../../ui/filters.js';
import { Load, useLoad } from '../../ui/load.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';
import { SearchForm } from '../../ui/search-form.js';
import { Pager, Table } from '../../ui/table.js';
import { WhyDialog } from '../../ui/why-dialog.js';
import { levelName } from './people.js';

const verdicts = ['shortlisted', 'chosen', 'declined', 'open'];
const tags = { shortlisted: 'tag-busy', chosen: 'tag-good', declined: 'tag-warn', open: '' };

/** @param {{event: string, person: any, onClose: () => void}} props */
function History({ event, person, onClose }) {
	const choices = useLoad(() => api.get(`/classes/${event}/candidates/${person.person}`));
	return html`<${Dialog} title=${`${person.given_name} ${person.family_name}`} onClose=${onClose}>
		<${Load} of=${choices}>${(/** @type {any} */ data) => html`<ul>${data.choices.map((/** @type {any} */ one) => html`<li key=${one.at}><strong>${t(`candidates.${one.verdict}`)}</strong>, ${dateTime(one.at)}, ${one.by}${one.why && html`<span class="d-block">${one.why}</span>`}</li>`)}</ul>`}<//>
	<//>`;
}

/** @param {{id: string, data: any, levels: any[], companies: any[], professions: any[], reload: () => Promise<void>}} props */
function People({ id, data, levels, companies, professions, reload }) {
	const [asked, ask] = useState(/** @type {{verdict: string, person: any} | null} */ (null));
	const [shown, show] = useState(/** @type {any} */ (null));
	const say = async (/** @type {any} */ person, /** @type {string} */ verdict, /** @type {string} */ why) => {
		await api.put(`/classes/${id}/candidates/${person.person}`, { verdict, why });
		await reload();
	};
	const shortlist = useAction(async (/** @type {any} */ person) => say(person, 'shortlisted', ''));
	const name = (/** @type {any} */ one) => `${one.given_name} ${one.family_name}`;
	const verdict = (/** @type {any} */ one) => (one.verdict === 'open' && !one.at ? html`<span class="muted">—</span>` : html`<span class=${`tag ${tags[/** @type {keyof tags} */ (one.verdict)]}`}>${t(`candidates.${one.verdict}`)}</span>
		${one.seat && html` <span class="tag">${t(`classes.state_${one.seat}`)}</span>`}
		<span class="sub">${one.why}</span><button type="button" class="btn btn-link btn-sm p-0" aria-label=${t('candidates.history_of', { name: name(one) })} onClick=${() => show(one)}>${t('candidates.history')}</button>`);
	const button = (/** @type {any} */ one, /** @type {string} */ what, /** @type {() => void} */ act) => one.verdict !== what && html`<button type="button" class="btn btn-sm btn-outline-primary" aria-label=${`${t(`candidates.do_${what}`)}: ${name(one)}`} onClick=${act}>${t(`candidates.do_${what}`)}</button>`;
	const columns = [
		{ name: t('people.name'), head: true, cell: (/** @type {any} */ one) => html`<a href=${`/persone/${one.person}`}>${one.family_name} ${one.given_name}</a><span class="sub">${[professions.find((row) => row.code === one.profession)?.name ?? t('people.no_ecm'), companies.find((row) => row.code === one.company)?.name].filter(Boolean).join(' · ')}</span>` },
		{ name: t('people.level'), cell: (/** @type {any} */ one) => html`${levelName(levels, one.level)}<span class="sub">${one.score === null ? '' : t('candidates.score_of', { n: number(one.score) })}</span>` },
		{ name: t('candidates.completed'), cell: (/** @type {any} */ one) => date(one.completed) },
		{ name: t('candidates.verdict'), cell: verdict },
		{ name: t('classes.actions'), actions: true, cell: (/** @type {any} */ one) => html`
			${one.verdict === 'open' && button(one, 'shortlisted', () => shortlist.run(one))}
			${button(one, 'chosen', () => ask({ verdict: 'chosen', person: one }))}
			${button(one, 'declined', () => ask({ verdict: 'declined', person: one }))}
			${one.verdict !== 'open' && button(one, 'open', () => ask({ verdict: 'open', person: one }))}` },
	];
	return html`<${ErrorBox} error=${shortlist.error} />
		<${Table} caption=${t('candidates.title')} columns=${columns} rows=${data.people} keyOf=${(/** @type {any} */ one) => one.person} empty=${t('candidates.empty')} />
		${asked && html`<${WhyDialog} title=${t(`candidates.do_${asked.verdict}`)} text=${t(`candidates.ask_${asked.verdict}`, { name: name(asked.person) })} go=${t(`candidates.do_${asked.verdict}`)}
			act=${(/** @type {string} */ why) => say(asked.person, asked.verdict, why)} onClose=${() => ask(null)} />`}
		${shown && html`<${History} event=${id} person=${shown} onClose=${() => show(null)} />`}`;
}

/** @param {{id: string}} props */
export function CandidatesPage({ id }) {
	const filters = useFilters(['search', 'company', 'profession', 'level', 'from', 'to', 'score', 'verdict', 'page']);
	const choices = useLoad(async () => ({ companies: await table('companies'), professions: await table('professions'), levels: (await api.get('/path')).levels }));
	const list = useLoad(() => api.get(`/classes/${id}/candidates${filters.query}`), [id, filters.query]);
	const select = (/** @type {string} */ name, /** @type {string} */ label, /** @type {[string | number, string][]} */ options, /** @type {string} */ empty) => html`<${SelectField} id=${name} label=${label} empty=${empty} value=${filters.values[name]} options=${options} onInput=${(/** @type {string} */ value) => filters.set({ [name]: value })} />`;
	const field = (/** @type {string} */ name, /** @type {string} */ type, /** @type {any} */ rest) => html`<${TextField} id=${name} type=${type} label=${t(`candidates.${name}`)} value=${filters.values[name]} onInput=${(/** @type {string} */ value) => filters.set({ [name]: value })} ...${rest} />`;
	return html`<${Page} title=${t('candidates.title')} lead=${list.data && t('candidates.lead', { title: list.data.event.title })} up=${{ href: `/eventi/${id}/classi`, text: t('classes.title') }}>
		<${Load} of=${choices}>${(/** @type {any} */ { companies, professions, levels }) => html`
			<${SearchForm} value=${filters.values.search} label=${t('people.search')} onSearch=${(/** @type {string} */ search) => filters.set({ search })}>
				${select('company', t('people.company'), asOptions(companies), t('candidates.any'))}
				${select('profession', t('people.profession'), asOptions(professions), t('candidates.any'))}
				${select('level', t('people.level'), levels.map((/** @type {any} */ level) => [level.id, pick(level, 'name')]), t('candidates.any'))}
				${field('from', 'date', {})}${field('to', 'date', {})}${field('score', 'number', { min: 0, max: 100 })}
				${select('verdict', t('candidates.verdict'), verdicts.map((one) => [one, t(`candidates.filter_${one}`)]), t('candidates.any'))}
			<//>
			<${Load} of=${list}>${(/** @type {any} */ data) => html`
				<dl class="glance">${['shortlisted', 'chosen', 'declined'].map((one) => html`<div key=${one}><dt>${t(`candidates.filter_${one}`)}</dt><dd><strong>${number(data.counts[one])}</strong></dd></div>`)}</dl>
				<${People} id=${id} data=${data} levels=${levels} companies=${companies} professions=${professions} reload=${list.reload} />
				<${Pager} page=${data.page} pages=${data.pages} total=${data.total} onPage=${(/** @type {number} */ page) => filters.set({ page })} />`}<//>`}<//>
	<//>`;
}
