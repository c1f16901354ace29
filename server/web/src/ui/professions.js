// The professions of a person, each with its disciplines: chosen by name, several of both.

import { html } from '../html.js';
import { t } from '../i18n.js';
import { asOptions, table } from '../tables.js';
import { SelectField } from './field.js';
import { Icon } from './icon.js';
import { useLoad } from './load.js';

/** @typedef {{code: number, disciplines: number[]}} Profession */

/** As the server gives them. @param {any[]} professions @returns {Profession[]} */
export function toProfessions(professions) {
	return (professions ?? []).map((one) => ({ code: one.code, disciplines: one.disciplines.map((/** @type {any} */ each) => each.code) }));
}

/** "1.58.59:5.78", as the report writes them. @param {Profession[]} professions */
export function professionsText(professions) {
	return professions.filter((one) => one.code).map((one) => [one.code, ...one.disciplines].join('.')).join(':');
}

/** In words. @param {any[]} professions as the server gives them */
export function professionsInWords(professions) {
	return professions.map((one) => [one.name, one.disciplines.map((/** @type {any} */ each) => each.name).filter((/** @type {string} */ name) => name !== one.name).join(', ')].filter(Boolean).join(': ')).join(' · ');
}

/** @param {{id: string, profession: Profession, lists: any, taken: number[], onChange: (profession: Profession) => void, onRemove: (() => void) | null, legend: string}} props */
function One({ id, profession, lists, taken, onChange, onRemove, legend }) {
	const own = lists.disciplines.filter((/** @type {any} */ row) => row.profession === profession.code);
	const nameOf = (/** @type {number} */ code) => own.find((/** @type {any} */ row) => row.code === code)?.name ?? String(code);
	const choose = (/** @type {string} */ value) => {
		const rows = lists.disciplines.filter((/** @type {any} */ row) => row.profession === Number(value) && !row.withdrawn);
		onChange({ code: Number(value), disciplines: rows.length === 1 ? [rows[0].code] : [] });
	};
	const left = own.filter((/** @type {any} */ row) => !row.withdrawn && !profession.disciplines.includes(row.code));
	return html`<fieldset class="plain profession">
		<legend>${legend}</legend>
		<${SelectField} id=${`${id}-profession`} label=${t('users.profession')} value=${profession.code || ''} onInput=${choose} empty=${t('users.no_profession')}
			options=${asOptions(lists.professions).filter(([code]) => code === profession.code || !taken.includes(Number(code)))} />
		${profession.code > 0 && html`
			${profession.disciplines.length > 0 && html`<ul class="chips" aria-label=${t('users.disciplines')}>${profession.disciplines.map((code) => html`<li key=${code} class="tag">${nameOf(code)}
				<button type="button" class="chip-remove" aria-label=${t('users.remove_discipline', { name: nameOf(code) })}
					onClick=${() => onChange({ ...profession, disciplines: profession.disciplines.filter((each) => each !== code) })}><${Icon} name="close" size="xs" /></button></li>`)}</ul>`}
			${left.length > 0 && html`<${SelectField} id=${`${id}-discipline`} label=${t(profession.disciplines.length ? 'users.another_discipline' : 'users.discipline')} value=""
				onInput=${(/** @type {string} */ code) => code && onChange({ ...profession, disciplines: [...profession.disciplines, Number(code)] })}
				empty=${t('users.choose_discipline')} options=${left.map((/** @type {any} */ row) => [row.code, row.name])} />`}`}
		${onRemove && html`<button type="button" class="btn btn-link btn-sm ps-0" onClick=${onRemove}>${t('users.remove_profession')}</button>`}
	</fieldset>`;
}

/** @param {{id: string, value: Profession[], onChange: (value: Profession[]) => void, error?: string | null}} props */
export function ProfessionsField({ id, value, onChange, error }) {
	const lists = useLoad(async () => ({ professions: await table('professions'), disciplines: await table('disciplines') }));
	if (!lists.data) {
		return null;
	}
	const shown = value.length > 0 ? value : [{ code: 0, disciplines: [] }];
	const replace = (/** @type {number} */ at, /** @type {Profession} */ one) => onChange(shown.map((old, i) => (i === at ? one : old)).filter((each) => each.code || shown.length === 1));
	const taken = shown.map((each) => each.code);
	return html`<div class="wide">
		${shown.map((one, i) => html`<${One} key=${i} id=${`${id}-${i}`} profession=${one} lists=${lists.data} taken=${taken}
			legend=${t(i === 0 ? 'users.main_profession' : 'users.further_profession', { n: i + 1 })}
			onChange=${(/** @type {Profession} */ changed) => replace(i, changed)} onRemove=${i > 0 ? () => onChange(shown.filter((_, k) => k !== i)) : null} />`)}
		${error && html`<p class="field-error" id=${`${id}-error`}>${error}</p>`}
		${shown[0].code > 0 && shown.every((each) => each.code) && shown.length < 4 && html`<button type="button" class="btn btn-outline-primary btn-sm mb-3"
			onClick=${() => onChange([...shown, { code: 0, disciplines: [] }])}>${t('users.add_profession')}</button>`}
	</div>`;
}
