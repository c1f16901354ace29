// The quality questionnaire: the standard form unaltered, the provider's own questions apart, sent without a name.

import { useState } from 'preact/hooks';
import { api, asApiError } from '../../api.js';
import { date } from '../../format.js';
import { html, classes } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { useAction } from '../../ui/busy.js';
import { Field, tied } from '../../ui/field.js';
import { Icon } from '../../ui/icon.js';
import { Load, useLoad } from '../../ui/load.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';
import { callPath, eventInClass, pageAbove } from '../final/which.js';

/** @typedef {import('../../types.js').QualityQuestion} QualityQuestion */
/** @typedef {Record<string, string>} Answers */

/** Is the question asked, given the other answers? @param {QualityQuestion} question @param {Answers} answers */
function isAsked(question, answers) {
	const { when } = question;
	return !when || when.options.includes(answers[when.question]);
}

/** @param {{form: string, question: QualityQuestion, value: string, wrong: string | null, onChange: (value: string) => void}} props */
function Question({ form, question, value, wrong, onChange }) {
	const id = `${form}-${question.id}`;
	const text = pick(question, 'text');
	if (question.kind === 'text') {
		return html`<${Field} id=${id} label=${text} error=${wrong} optional=${question.optional} help=${t('quality.no_names')}>
			<textarea class="form-control" rows="3" maxlength="1000" value=${value ?? ''} ...${tied({ id, help: true, error: wrong })} onInput=${(/** @type {any} */ event) => onChange(event.target.value)}></textarea>
		<//>`;
	}
	return html`<fieldset class=${classes('question', wrong && 'field-wrong')} aria-describedby=${wrong ? `${id}-error` : undefined}>
		<legend class="h6">${text}</legend>
		${wrong && html`<p class="field-error" id=${`${id}-error`}>${wrong}</p>`}
		${question.options.map((option) => html`<div key=${option.id} class=${classes('option', value === option.id && 'option-on')}>
			<input type="radio" name=${id} id=${`${id}-${option.id}`} value=${option.id} checked=${value === option.id} onChange=${() => onChange(option.id)} />
			<label for=${`${id}-${option.id}`}>${pick(option, 'text')}</label>
		</div>`)}
	</fieldset>`;
}

/** @param {{form: string, questions: QualityQuestion[], answers: Answers, wrong: Record<string, string>, set: (answers: Answers) => void}} props */
function Form({ form, questions, answers, wrong, set }) {
	return html`${questions.filter((question) => isAsked(question, answers)).map((question) => html`<${Question} key=${question.id} form=${form} question=${question}
		value=${answers[question.id]} wrong=${wrong[question.id] ?? null} onChange=${(/** @type {string} */ value) => set({ ...answers, [question.id]: value })} />`)}`;
}

/** Only what is asked and not empty. @param {QualityQuestion[]} questions @param {Answers} answers */
function given(questions, answers) {
	return Object.fromEntries(questions.filter((question) => isAsked(question, answers) && answers[question.id]).map((question) => [question.id, answers[question.id]]));
}

/** @param {{data: any, onDone: (data: any) => void}} props */
function Sheet({ data, onDone }) {
	const [standard, setStandard] = useState(/** @type {Answers} */ ({}));
	const [extra, setExtra] = useState(/** @type {Answers} */ ({}));
	const send = useAction(async () => {
		onDone(await api.post(callPath('/me/quality'), { standard: given(data.standard.questions, standard), extra: given(data.extra, extra) }));
		window.scrollTo(0, 0);
	});
	/** @type {Record<string, string>} */
	const wrong = Object.fromEntries(send.error ? asApiError(send.error).problems.map((problem) => [problem.where ?? '', pick(problem)]) : []);
	const submit = async (/** @type {Event} */ event) => {
		event.preventDefault();
		const form = /** @type {HTMLElement} */ (event.currentTarget);
		if (!await send.run()) {
			setTimeout(() => /** @type {HTMLElement | null} */ (form.querySelector('.field-wrong input, .field-wrong textarea'))?.focus(), 0);
		}
	};
	return html`<form onSubmit=${submit} noValidate>
		<div class="panel panel-tinted mb-4">
			<p><${Icon} name="locked" size="sm" color="primary" /> ${t('quality.anonymous')}</p>
			<p class="mb-0">${t('quality.outside')}</p>
		</div>
		<h2 class="h4">${pick(data.standard, 'title')}</h2>
		<${Form} form="standard" questions=${data.standard.questions} answers=${standard} wrong=${wrong} set=${setStandard} />
		<p class="muted">${pick(data.standard, 'anomalies').replace(`${data.standard.anomalies_mail}.`, '')}<a href=${`mailto:${data.standard.anomalies_mail}`}>${data.standard.anomalies_mail}</a></p>
		${data.extra.length > 0 && html`<h2 class="h4 mt-5">${t('quality.extra')}</h2><p>${t('quality.extra_text')}</p>
			<${Form} form="extra" questions=${data.extra} answers=${extra} wrong=${wrong} set=${setExtra} />`}
		<${ErrorBox} error=${send.error} title=${t('quality.not_sent')} />
		<p class="actions"><button type="submit" class="btn btn-primary btn-lg" disabled=${send.busy}>${t('quality.send')}</button>
			<a href=${pageAbove().href}>${t('quest.not_now')}</a></p>
	</form>`;
}

export function QualityPage() {
	const mine = useLoad(() => api.get(callPath('/me/quality')));
	return html`<${Page} title=${t('quality.title')} lead=${t('quality.lead')} narrow up=${pageAbove()}>
		<${Load} of=${mine}>${(/** @type {any} */ data) => {
			if (data.handed_in) {
				return html`<section class="next next-good"><h2>${t('quality.done')}</h2><p>${t('quality.done_text', { date: date(data.day) })}</p>
					<div class="next-action"><a class="btn btn-light btn-lg" href=${pageAbove().href}>${t(eventInClass() ? 'classes.back' : 'quest.to_path')}</a></div></section>`;
			}
			if (!data.may_hand_in) {
				return html`<div class="panel"><p>${pick(data.why_not)}</p><p>${pick(data.why_not, 'mend')}</p>
					<p class="actions"><a class="btn btn-primary" href=${pageAbove().href}>${t(eventInClass() ? 'classes.back' : 'quest.to_path')}</a></p></div>`;
			}
			return html`<${Sheet} data=${data} onDone=${mine.set} />`;
		}}<//>
	<//>`;
}
