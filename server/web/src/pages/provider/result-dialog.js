// One participant's result of a test in class, or the correction of a wrong one.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { useAction } from '../../ui/busy.js';
import { Dialog } from '../../ui/dialog.js';
import { SelectField, TextArea, TextField } from '../../ui/field.js';
import { formErrors } from '../../ui/form-errors.js';
import { ErrorBox } from '../../ui/problems.js';
import { testsInClass } from './test-rule.js';

const digits = (/** @type {string} */ text) => (text.trim() === '' ? null : Number(text));
const said = (/** @type {any} */ one) => (one.score !== null ? '' : one.passed ? 'yes' : 'no');

/** What the dialog begins with: the wrong result, or what was entered last. @param {any} data @param {any} wrong @param {any} last */
function begin(data, wrong, last) {
	const { where, questions } = data.test;
	const fresh = { test: where === 'online' ? 'questionnaire' : where, day: data.group.last_day, maximum: where === 'questionnaire' ? String(questions) : '', ...last, score: '', said: '', note: '', why: '' };
	return wrong ? { ...fresh, test: wrong.test, day: wrong.day, score: String(wrong.score ?? ''), maximum: String(wrong.maximum ?? ''), said: said(wrong), note: wrong.note } : fresh;
}

/** @param {{data: any, person: any, wrong?: any, last: any, onClose: (data: any, form?: any) => void}} props wrong: the result to correct; last: what was entered before */
export function ResultDialog({ data, person, wrong, last, onClose }) {
	const [form, setForm] = useState(begin(data, wrong, last));
	const save = useAction(async () => {
		const points = form.score.trim() !== '';
		const body = { person: person.person, test: form.test, day: form.day, score: digits(form.score), maximum: points ? digits(form.maximum) : null,
			passed: form.said === '' ? null : form.said === 'yes', note: form.note, why: form.why };
		const path = `/class-groups/${data.group.id}/results`;
		const answer = wrong ? await api.put(`${path}/${wrong.id}`, body) : await api.post(path, body);
		onClose(answer, { test: form.test, day: form.day, maximum: form.maximum });
	});
	const errors = formErrors(save.error, ['test', 'day', 'score', 'maximum', 'passed', 'note', 'why']);
	const field = (/** @type {string} */ name, /** @type {any} */ more = {}) => ({ id: name, label: t(`results.${name}`), value: form[name], error: errors.of(name),
		onInput: (/** @type {string} */ value) => setForm({ ...form, [name]: value }), ...more });
	const submit = (/** @type {Event} */ event) => {
		event.preventDefault();
		save.run();
	};
	const title = t(wrong ? 'results.correct_of' : 'results.enter_of', { name: `${person.given_name} ${person.family_name}` });
	return html`<${Dialog} title=${title} onClose=${() => onClose(null)}><form onSubmit=${submit} noValidate>
		<div class="field-grid">
			<${SelectField} ...${field('test', { options: testsInClass.map((one) => [one, t(`results.test_${one}`)]) })} />
			<${TextField} ...${field('day', { type: 'date', min: data.event.data_ini })} />
			<${TextField} ...${field('score', { type: 'number', min: '0', max: '1000', optional: form.test !== 'questionnaire' })} />
			<${TextField} ...${field('maximum', { type: 'number', min: '1', max: '1000', optional: form.test !== 'questionnaire' })} />
		</div>
		<${SelectField} ...${field('said', { error: errors.of('passed'), help: t('results.said_help'), options: [['', t('results.said_points')], ['yes', t('results.passed')], ['no', t('results.failed')]] })} />
		<${TextField} ...${field('note', { optional: true, maxlength: '500' })} />
		${wrong && html`<${TextArea} ...${field('why', { label: t('classes.why'), required: true, maxlength: '500' })} />`}
		<${ErrorBox} error=${errors.rest} />
		<div class="actions"><button type="submit" class="btn btn-primary" disabled=${save.busy || (wrong && !form.why.trim())}>${t('results.save')}</button>
			<button type="button" class="btn btn-outline-primary" onClick=${() => onClose(null)}>${t('action.cancel')}</button></div>
	</form><//>`;
}
