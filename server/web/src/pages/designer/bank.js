// One item bank: its questions with their keys, by area.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { html, classes } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { SelectField } from '../../ui/field.js';
import { Icon } from '../../ui/icon.js';
import { Load, useLoad } from '../../ui/load.js';
import { Page } from '../../ui/page.js';

/** The options of a true-or-false item are understood when the bank leaves them out. @param {any} item */
export function optionsOf(item) {
	return item.options ?? [{ id: 'true', text: t('bank.true') }, { id: 'false', text: t('bank.false') }];
}

/** Whether an option is right. @param {any} item @param {any} option */
export function isRight(item, option) {
	return option.correct === true || (item.key ?? []).includes(option.id);
}

/** @param {any[]} list @param {string} id */
const textOf = (list, id) => list.find((one) => one.id === id)?.text ?? id;

/** What is right, in words, where it is no set of options. @param {any} item @returns {string[]} */
export function keyLines(item) {
	const slots = item.prompts ?? item.gaps ?? [];
	if (item.type === 'order') {
		return item.key.map((/** @type {string} */ id) => textOf(item.options, id));
	}
	if (item.type === 'text_entry') {
		return slots.map((/** @type {any} */ slot) => slot.answers.map((/** @type {any} */ one) => one.text ?? (one.tolerance ? `${one.number} ± ${one.tolerance}` : one.number)).join(' · '));
	}
	return slots.flatMap((/** @type {any} */ slot) => item.key.filter((/** @type {string} */ pair) => pair.startsWith(`${slot.id} `)).map((/** @type {string} */ pair) =>
		`${slot.text ?? slot.id} → ${textOf(slot.options ?? item.options, pair.slice(slot.id.length + 1))}`));
}

/** @param {{item: any, area: any}} props */
function Item({ item, area }) {
	return html`<li class="panel mb-3">
		<p class="mb-2"><span class="code">${item.id}</span> <span class="tag">${pick(area, 'name') || item.area}</span> <span class="tag">${t(`bank.${item.type}`)}</span>
			${item.difficulty && html` <span class="tag">${t('bank.difficulty', { n: item.difficulty })}</span>`}</p>
		<h2 class="h6">${item.stem}</h2>
		${keyLines(item).length > 0 && html`<ol class="keys">${keyLines(item).map((line, i) => html`<li key=${i}><span>${line}</span></li>`)}</ol>`}
		<ul class="keys">${keyLines(item).length === 0 && optionsOf(item).map((/** @type {any} */ option) => {
			const right = isRight(item, option);
			return html`<li key=${option.id} class=${classes(right && 'right')}>
				<${Icon} name=${right ? 'check-circle' : 'minus'} size="sm" color=${right ? 'success' : 'secondary'} />
				<span>${option.text}${right && html`<span class="visually-hidden"> (${t('bank.right')})</span>`}</span>
			</li>`;
		})}</ul>
		${item.explanation && html`<p class="muted small mb-0">${item.explanation}</p>`}
	</li>`;
}

/** @param {{bank: any, id: string}} props */
function Bank({ bank, id }) {
	const [area, setArea] = useState('');
	const shown = bank.items.filter((/** @type {any} */ item) => area === '' || item.area === area);
	return html`<div class="filters"><${SelectField} id="area" label=${t('bank.area')} value=${area} onInput=${setArea} empty=${t('bank.all_areas')}
			options=${bank.areas.map((/** @type {any} */ one) => [one.id, pick(one, 'name')])} /></div>
		<p class="actions"><a class="btn btn-outline-primary" href=${`/api/banks/${id}/qti`} download>${t('bank.get_qti')}</a>
			<a class="btn btn-outline-primary" href=${`/api/banks/${id}/csv`} download>${t('bank.get_csv')}</a>
			<a class="btn btn-outline-primary" href=${`/api/banks/${id}`} download="banca.json">${t('bank.get_json')}</a></p>
		<p role="status" class="muted">${t('bank.shown', { n: shown.length })}</p>
		<ol class="list-unstyled">${shown.map((/** @type {any} */ item) => html`<${Item} key=${item.id} item=${item} area=${bank.areas.find((/** @type {any} */ one) => one.id === item.area)} />`)}</ol>`;
}

/** @param {{id: string}} props */
export function BankPage({ id }) {
	const bank = useLoad(async () => {
		const answer = await api.get(`/banks/${encodeURIComponent(id)}`);
		return Array.isArray(answer.items) ? answer : answer.bank ?? answer.content;
	}, [id]);
	const title = bank.data ? `${bank.data.name} (${bank.data.version})` : t('bank.title');
	return html`<${Page} title=${title} up=${{ href: '/domande', text: t('banks.title') }} lead=${t('bank.lead')} narrow>
		<${Load} of=${bank}>${(/** @type {any} */ data) => html`<${Bank} bank=${data} id=${id} />`}<//>
	<//>`;
}
