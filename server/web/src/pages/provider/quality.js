// What the quality questionnaires of an event say together, and their settings.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { html } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { BarTable } from '../../ui/bars.js';
import { useAction } from '../../ui/busy.js';
import { TextArea, TextField } from '../../ui/field.js';
import { Load, useLoad } from '../../ui/load.js';
import { notify } from '../../ui/notices.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';
import { Check } from './final-rules.js';

/** Extra questions as lines of text. @param {any[]} extra */
function linesOf(extra) {
	return extra.map((question) => [question.text_it, ...(question.options ?? []).map((/** @type {any} */ option) => option.text_it)].join(' | ')).join('\n');
}

/** And back. @param {string} lines */
function questionsOf(lines) {
	return lines.split('\n').map((line) => line.split('|').map((part) => part.trim())).filter(([text]) => text).map(([text, ...options]) => (options.length > 0
		? { kind: 'choice', text_it: text, options: options.map((option) => ({ text_it: option })) }
		: { kind: 'text', text_it: text }));
}

/** @param {{question: any}} props */
function Question({ question }) {
	const text = pick(question, 'text');
	if (question.kind === 'text') {
		return html`<h4 class="h6 mt-4">${text}</h4>
			${question.comments.length === 0 ? html`<p class="muted">${t('perceived.no_comments')}</p>`
				: html`<p class="muted">${t('perceived.comments')}</p><ul>${question.comments.map((/** @type {string} */ comment, /** @type {number} */ i) => html`<li key=${i}>${comment}</li>`)}</ul>`}`;
	}
	const rows = question.options.map((/** @type {any} */ option) => ({ ...option, answered: question.answered }));
	return html`<h4 class="h6 mt-4">${text}</h4>
		<${BarTable} caption=${text} first=${t('perceived.answer')} nameOf=${(/** @type {any} */ row) => pick(row, 'text')} rows=${rows}
			whole="answered" series=${[{ field: 'count', name: t('perceived.number'), color: '#06c' }]} />`;
}

/** @param {{id: string, data: any, onSaved: (data: any) => void}} props */
function Settings({ id, data, onSaved }) {
	const [required, setRequired] = useState(data.required);
	const [group, setGroup] = useState(data.smallest_group);
	const [lines, setLines] = useState(linesOf(data.extra));
	const save = useAction(async () => {
		const extra = lines === linesOf(data.extra) ? {} : { extra: questionsOf(lines) };
		onSaved(await api.put(`/ecm/events/${id}/quality`, { required, smallest_group: Number(group), ...extra }));
		notify(t('perceived.saved'));
	});
	const submit = (/** @type {Event} */ event) => {
		event.preventDefault();
		save.run();
	};
	return html`<form onSubmit=${submit} noValidate>
		<${Check} id="quality-required" label=${t('perceived.required')} on=${required} onChange=${setRequired} />
		<${TextField} id="smallest_group" label=${t('perceived.group')} help=${t('perceived.group_help')} type="number" value=${group} onInput=${setGroup} />
		<${TextArea} id="extra" label=${t('perceived.extra_lines')} help=${t('perceived.extra_help')} rows=${5} value=${lines} onInput=${setLines} />
		<${ErrorBox} error=${save.error} title=${t('exam.not_saved')} />
		<p class="actions"><button type="submit" class="btn btn-primary" disabled=${save.busy}>${t('perceived.save')}</button></p>
	</form>`;
}

/** @param {{id: string}} props */
export function EventQualityPage({ id }) {
	const all = useLoad(() => api.get(`/ecm/events/${id}/quality`), [id]);
	return html`<${Page} title=${t('perceived.title')} lead=${t('perceived.lead')} up=${{ href: `/eventi/${id}`, text: t('event.title_page') }}>
		<${Load} of=${all}>${(/** @type {any} */ data) => html`
			<p>${t('perceived.counts', data.counts)} ${data.counts.dropped > 0 && t('perceived.dropped', { n: data.counts.dropped })}</p>
			${!data.shown && html`<div class="empty"><p>${t('perceived.not_yet', { n: data.smallest_group })}</p></div>`}
			${data.forms.filter((/** @type {any} */ form) => form.shown).map((/** @type {any} */ form) => html`<section key=${form.form}>
				<h2>${t(`perceived.${form.form}`)}</h2>
				${form.questions.map((/** @type {any} */ question) => html`<${Question} key=${question.id} question=${question} />`)}
			</section>`)}
			${data.shown && html`<p class="actions"><a class="btn btn-outline-primary" href=${`/api/ecm/events/${id}/quality.csv`} download>${t('perceived.csv')}</a></p>`}
			<h2 class="mt-5">${t('perceived.settings')}</h2>
			<${Settings} id=${id} data=${data} onSaved=${all.set} />`}<//>
	<//>`;
}
