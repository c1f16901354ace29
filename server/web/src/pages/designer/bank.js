// One item bank: its questions with their keys, by area.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { number } from '../../format.js';
import { html, classes } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { navigate } from '../../router.js';
import { SelectField, TextField } from '../../ui/field.js';
import { Findings } from '../../ui/findings.js';
import { Icon } from '../../ui/icon.js';
import { Load, useLoad } from '../../ui/load.js';
import { notify } from '../../ui/notices.js';
import { Page } from '../../ui/page.js';
import { Media, Rich } from '../../ui/rich.js';
import { useSending } from '../../ui/sending.js';
import { Upload } from '../../ui/upload.js';

/** The options of a true-or-false item are understood when the bank leaves them out. @param {any} item */
export function optionsOf(item) {
	return item.options ?? [{ id: 'true', text: t('bank.true') }, { id: 'false', text: t('bank.false') }];
}

/** Whether an option is right. @param {any} item @param {any} option */
export function isRight(item, option) {
	return option.correct === true || (item.key ?? []).includes(option.id);
}

/** @typedef {import('../../ui/rich.js').RichText} RichText */

/** @param {any[]} list @param {string} id @returns {RichText} */
const textOf = (list, id) => list.find((one) => one.id === id)?.text ?? id;

/** @param {RichText} text */
const nodes = (text) => (typeof text === 'string' ? [text] : text);

/** "left → right". @param {RichText} left @param {RichText} right @returns {RichText} */
const arrow = (left, right) => (typeof left === 'string' && typeof right === 'string' ? `${left} → ${right}` : [...nodes(left), ' → ', ...nodes(right)]);

/** What is right, where it is no set of options. @param {any} item @returns {RichText[]} */
function keyLines(item) {
	const slots = item.prompts ?? item.gaps ?? [];
	if (item.type === 'order') {
		return item.key.map((/** @type {string} */ id) => textOf(item.options, id));
	}
	if (item.type === 'text_entry') {
		return slots.map((/** @type {any} */ slot) => slot.answers.map((/** @type {any} */ one) => one.text ?? (one.tolerance ? `${one.number} ± ${one.tolerance}` : one.number)).join(' · '));
	}
	return slots.flatMap((/** @type {any} */ slot) => item.key.filter((/** @type {string} */ pair) => pair.startsWith(`${slot.id} `)).map((/** @type {string} */ pair) =>
		arrow(slot.text ?? slot.id, textOf(slot.options ?? item.options, pair.slice(slot.id.length + 1)))));
}

/** "2PL, a 1,10, b −0,40". @param {any} parameters */
function parameterText({ model, a, b, c, steps }) {
	const shown = (/** @type {number} */ value) => number(value, { maximumFractionDigits: 2, minimumFractionDigits: 2 });
	const named = Object.entries({ a, b, c }).filter(([, value]) => typeof value === 'number').map(([name, value]) => `${name} ${shown(value)}`);
	const models = /** @type {Record<string, string>} */ ({ rasch: 'Rasch', '2pl': '2PL', '3pl': '3PL', gpcm: 'GPCM' });
	return [models[model] ?? model ?? '2PL', ...named, ...(steps ? [steps.map(shown).join(' ')] : [])].join(', ');
}

/** What became of a sheet. @param {{outcome: import('../../ui/sending.js').Outcome}} props */
function Taken({ outcome: { error, answer, name } }) {
	const problems = error ? error.problems : answer?.findings ?? [];
	return html`<div class=${`alert mt-3 ${error ? 'alert-danger' : 'alert-success'}`} role="status">
		<p class="fw-semibold">${t(error ? 'bank.parameters_refused' : 'bank.parameters_taken', { name })}
			${answer && html` <a href=${`/domande/${answer.bank.id}`}>${t('bank.parameters_see', { version: answer.bank.version })}</a>`}</p>
		${problems.length > 0 && html`<${Findings} problems=${problems} />`}
	</div>`;
}

/** Parameters as a CSV, out and in; what comes in is a new version. @param {{id: string}} props */
function Parameters({ id }) {
	const { progress, outcome, send } = useSending();
	return html`<details class="mb-4"><summary>${t('bank.parameters')}</summary>
		<p class="mt-3">${t('bank.parameters_lead')}</p>
		<p class="actions"><a class="btn btn-outline-primary" href=${`/api/banks/${id}/parameters`} download>${t('bank.parameters_get')}</a></p>
		<${Upload} id="parameters" title=${t('bank.parameters_drop')} help=${t('bank.parameters_help')} accept=".csv,.txt" button=${t('banks.choose')}
			progress=${progress} onFile=${(/** @type {File} */ file) => send(`/banks/${id}/parameters`, file)} />
		${outcome && html`<${Taken} outcome=${outcome} />`}
	</details>`;
}

/** An image or a sound for one question, with what it says to who does not see or hear it. @param {{bank: string, item: any}} props */
function AddMedia({ bank, item }) {
	const [alt, setAlt] = useState('');
	const { progress, outcome, send } = useSending(({ answer }) => {
		if (answer) {
			notify(t('bank.media_added'));
			navigate(`/domande/${answer.bank.id}`);
		}
	});
	const path = `/banks/${bank}/items/${encodeURIComponent(item.id)}/media?alt=${encodeURIComponent(alt.trim())}`;
	return html`<details class="mt-3"><summary>${t('bank.media')}</summary>
		<p class="mt-3">${t('bank.media_lead')}</p>
		<${TextField} id=${`alt-${item.id}`} label=${t('bank.media_alt')} help=${t('bank.media_alt_help')} value=${alt} onInput=${setAlt} />
		${alt.trim() !== '' && html`<${Upload} id=${`media-${item.id}`} title=${t('bank.media_drop')} help=${t('bank.media_help')} accept=".png,.jpg,.jpeg,.gif,.webp,.mp3,.ogg,.wav,.m4a"
			button=${t('banks.choose')} progress=${progress} onFile=${(/** @type {File} */ file) => send(path, file)} />`}
		${outcome?.error && html`<div class="alert alert-danger mt-3" role="status"><p class="fw-semibold">${t('bank.parameters_refused', { name: outcome.name })}</p>
			<${Findings} problems=${outcome.error.problems} /></div>`}
	</details>`;
}

/** @param {{bank: string, item: any, area: any}} props */
function Item({ bank, item, area }) {
	return html`<li class="panel mb-3">
		<p class="mb-2"><span class="code">${item.id}</span> <span class="tag">${pick(area, 'name') || item.area}</span> <span class="tag">${t(`bank.${item.type}`)}</span>
			${item.difficulty && html` <span class="tag">${t('bank.difficulty', { n: item.difficulty })}</span>`}
			${item.state && html` <span class="tag">${t(`bank.state_${item.state}`)}</span>`}
			${item.parameters && html` <span class="tag" title=${item.parameters.provenance ?? ''}>${parameterText(item.parameters)}</span>`}</p>
		<h2 class="h6"><${Rich} text=${item.stem} /></h2>
		${item.media && html`<div class="question-media">${item.media.map((/** @type {any} */ one) => html`<${Media} key=${one.sha256} ...${one} />`)}</div>`}
		${keyLines(item).length > 0 && html`<ol class="keys">${keyLines(item).map((line, i) => html`<li key=${i}><span><${Rich} text=${line} /></span></li>`)}</ol>`}
		<ul class="keys">${keyLines(item).length === 0 && optionsOf(item).map((/** @type {any} */ option) => {
			const right = isRight(item, option);
			return html`<li key=${option.id} class=${classes(right && 'right')}>
				<${Icon} name=${right ? 'check-circle' : 'minus'} size="sm" color=${right ? 'success' : 'secondary'} />
				<span><${Rich} text=${option.text} />${right && html`<span class="visually-hidden"> (${t('bank.right')})</span>`}</span>
			</li>`;
		})}</ul>
		${item.explanation && html`<p class="muted small mb-0">${item.explanation}</p>`}
		<${AddMedia} bank=${bank} item=${item} />
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
		<${Parameters} key=${id} id=${id} />
		<p role="status" class="muted">${t('bank.shown', { n: shown.length })}</p>
		<ol class="list-unstyled">${shown.map((/** @type {any} */ item) => html`<${Item} key=${item.id} bank=${id} item=${item} area=${bank.areas.find((/** @type {any} */ one) => one.id === item.area)} />`)}</ol>`;
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
