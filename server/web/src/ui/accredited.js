// The professions and disciplines that an event gives credits to: found by name or code, chosen one by one or all together.

import { useState } from 'preact/hooks';
import { number } from '../format.js';
import { classes, html } from '../html.js';
import { t } from '../i18n.js';
import { table } from '../tables.js';
import { TextField } from './field.js';
import { Load, useLoad } from './load.js';

/**
 * @typedef {object} Group a profession with its disciplines
 * @property {number} code
 * @property {string} name
 * @property {{code: number, name: string}[]} disciplines
 */

/** Withdrawn disciplines stay only where they were chosen. @param {any[]} professions @param {any[]} disciplines @param {string[]} chosen @returns {Group[]} */
export function groupsOf(professions, disciplines, chosen) {
	return professions.map(({ code, name }) => ({ code, name, disciplines: disciplines.filter((row) => row.profession === code && (!row.withdrawn || chosen.includes(`${code}.${row.code}`))) }));
}

/** Codes of a group: "14" for the whole profession, "1.58" for one discipline. @param {string[]} chosen @param {Group} group @returns {number[]} */
export function chosenOf(chosen, group) {
	const all = group.disciplines.map((one) => one.code);
	return chosen.includes(String(group.code)) ? all : all.filter((code) => chosen.includes(`${group.code}.${code}`));
}

/** A profession with exactly these disciplines; every one of them is the whole profession. @param {string[]} chosen @param {Group} group @param {number[]} codes */
export function withDisciplines(chosen, group, codes) {
	const others = chosen.filter((one) => one.split('.')[0] !== String(group.code));
	const own = codes.length === group.disciplines.length ? [String(group.code)] : group.disciplines.filter((one) => codes.includes(one.code)).map((one) => `${group.code}.${one.code}`);
	return [...others, ...own].sort((a, b) => Number(a.split('.')[0]) - Number(b.split('.')[0]) || Number(a.split('.')[1] ?? 0) - Number(b.split('.')[1] ?? 0));
}

const plain = (/** @type {string} */ text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** What a search finds: professions by name or code with all their disciplines, else the disciplines that it names. @param {Group[]} groups @param {string} search @returns {Group[]} */
export function findGroups(groups, search) {
	const words = plain(search).split(/\s+/).filter(Boolean);
	const fits = (/** @type {string} */ name, /** @type {string[]} */ codes) => words.every((word) => (/^\d+(\.\d+)?$/.test(word) ? codes.includes(word) : plain(name).includes(word)));
	return groups.map((group) => (fits(group.name, [String(group.code)]) ? group
		: { ...group, disciplines: group.disciplines.filter((one) => fits(`${one.name} ${group.name}`, [String(one.code), `${group.code}.${one.code}`])) }))
		.filter((group) => group.disciplines.length > 0);
}

/** "12 di 70 discipline". @param {string[]} chosen @param {Group} group */
function countText(chosen, group) {
	return group.disciplines.length > 1 ? t('accredited.of_disciplines', { n: number(chosenOf(chosen, group).length), total: number(group.disciplines.length) }) : '';
}

/** @param {{id: string, on: boolean, some?: boolean, onChange: (on: boolean) => void, code: string, name: string, count?: string}} props some: a part of what it stands for */
function Box({ id, on, some, onChange, code, name, count }) {
	const mark = (/** @type {any} */ box) => {
		if (box) {
			box.indeterminate = Boolean(some);
		}
	};
	return html`<div class="check"><input type="checkbox" id=${id} ref=${mark} checked=${on} onChange=${(/** @type {any} */ event) => onChange(event.target.checked)} />
		<label for=${id}><span class="code">${code}</span> ${name}${count && html` <span class="muted">${count}</span>`}</label></div>`;
}

/** @param {{id: string, group: Group, shown: Group, chosen: string[], open: boolean, onChange: (chosen: string[]) => void}} props shown: what the search leaves of the group */
function Profession({ id, group, shown, chosen, open, onChange }) {
	const own = chosenOf(chosen, group);
	const all = group.disciplines.map((one) => one.code);
	const toggle = (/** @type {number} */ code) => (/** @type {boolean} */ on) => onChange(withDisciplines(chosen, group, on ? [...own, code] : own.filter((one) => one !== code)));
	return html`<li>
		<${Box} id=${`${id}-${group.code}`} on=${own.length === all.length} some=${own.length > 0 && own.length < all.length} code=${String(group.code)} name=${group.name}
			count=${countText(chosen, group)} onChange=${(/** @type {boolean} */ on) => onChange(withDisciplines(chosen, group, on ? all : []))} />
		${all.length > 1 && html`<details open=${open}><summary aria-label=${t('accredited.disciplines_of', { name: group.name })}>${t('accredited.disciplines')}</summary>
			<ul>${shown.disciplines.map((one) => html`<li key=${one.code}><${Box} id=${`${id}-${group.code}-${one.code}`} on=${own.includes(one.code)} code=${`${group.code}.${one.code}`} name=${one.name} onChange=${toggle(one.code)} /></li>`)}</ul></details>`}
	</li>`;
}

/** The arrows go from box to box, whatever folds lie between. @param {KeyboardEvent} event */
function walk(event) {
	const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
	const list = /** @type {HTMLElement} */ (event.currentTarget);
	if (step) {
		const stops = [...list.querySelectorAll('input, summary')].filter((each) => each.checkVisibility());
		const next = stops[stops.indexOf(/** @type {Element} */ (document.activeElement)) + step];
		if (next instanceof HTMLElement) {
			event.preventDefault();
			next.focus();
		}
	} else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
		event.preventDefault(); // does not send the form
	}
}

/** @param {{id: string, lists: any, chosen: string[], onChange: (chosen: string[]) => void, error?: string | null}} props */
function Choice({ id, lists, chosen, onChange, error }) {
	const [search, setSearch] = useState('');
	const groups = groupsOf(lists.professions, lists.disciplines, chosen);
	const found = findGroups(groups, search);
	const whole = (/** @type {Group} */ shown) => groups.find((group) => group.code === shown.code) ?? shown;
	const all = (/** @type {boolean} */ on) => onChange(found.reduce((/** @type {string[]} */ list, shown) => {
		const codes = shown.disciplines.map((one) => one.code);
		const left = chosenOf(list, whole(shown)).filter((code) => !codes.includes(code));
		return withDisciplines(list, whole(shown), on ? [...left, ...codes] : left);
	}, chosen));
	const professions = groups.filter((group) => chosenOf(chosen, group).length > 0);
	return html`<div class="picker" onKeyDown=${walk}>
		<${TextField} id=${id} label=${t('accredited.search')} help=${t('accredited.search_help')} error=${error} value=${search} onInput=${setSearch} autocomplete="off" spellcheck="false" />
		<p class="picker-head"><span role="status">${t('accredited.chosen', { n: number(professions.length), total: number(groups.length) })}${search && ` · ${t('accredited.found', { n: found.length })}`}</span>
			<button type="button" class="btn btn-link btn-sm" onClick=${() => all(true)}>${t(search ? 'accredited.all_found' : 'accredited.all')}</button>
			<button type="button" class="btn btn-link btn-sm" onClick=${() => all(false)}>${t(search ? 'accredited.none_found' : 'accredited.none')}</button></p>
		${professions.length > 0 && html`<p class="muted small">${professions.map((group) => [group.name, countText(chosen, group)].filter(Boolean).join(' ')).join(' · ')}</p>`}
		<div class="picker-list" role="group" aria-label=${t('event.accredited')}>${found.length === 0 ? html`<p class="muted mb-0">${t('accredited.nothing')}</p>`
			: html`<ul>${found.map((shown) => html`<${Profession} key=${shown.code} id=${id} group=${whole(shown)} shown=${shown} chosen=${chosen} open=${search.trim() !== ''} onChange=${onChange} />`)}</ul>`}</div>
	</div>`;
}

/** @param {{id: string, label: string, value: string[] | null, onChange: (value: string[] | null) => void, error?: string | null}} props value: codes as the report writes them; null: every profession */
export function AccreditedField({ id, label, value, onChange, error }) {
	const lists = useLoad(async () => ({ professions: await table('professions'), disciplines: await table('disciplines') }));
	const radio = (/** @type {string} */ name, /** @type {boolean} */ on, /** @type {string[] | null} */ then) => html`<div class="check"><input type="radio" name=${`${id}-which`} id=${`${id}-${name}`} checked=${on} onChange=${() => onChange(then)} />
		<label for=${`${id}-${name}`}>${t(`accredited.${name}`)}</label></div>`;
	return html`<fieldset class=${classes('plain wide', error && 'field-wrong')}><legend>${label}</legend>
		${radio('every', value === null, null)}${radio('some', value !== null, value ?? [])}
		${value !== null && html`<${Load} of=${lists}>${(/** @type {any} */ data) => html`<${Choice} id=${id} lists=${data} chosen=${value} onChange=${onChange} error=${error} />`}<//>`}
	</fieldset>`;
}
