// The rules of an event's final test.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { useAction } from '../../ui/busy.js';
import { SelectField, TextField } from '../../ui/field.js';
import { notify } from '../../ui/notices.js';
import { ErrorBox } from '../../ui/problems.js';

/** @param {{id: string, label: string, on: boolean, onChange: (on: boolean) => void}} props */
export function Check({ id, label, on, onChange }) {
	return html`<div class="form-check">
		<input type="checkbox" id=${id} checked=${on} onChange=${(/** @type {any} */ event) => onChange(event.target.checked)} />
		<label for=${id}>${label}</label>
	</div>`;
}

/** @param {{data: any, onSaved: (data: any) => void}} props */
export function FinalRules({ data, onSaved }) {
	const [rules, set] = useState(data.rules);
	const change = (/** @type {string} */ name) => (/** @type {any} */ value) => set({ ...rules, [name]: value });
	const save = useAction(async () => {
		const body = { ...rules };
		for (const name of ['questions_per_credit', 'share_percent', 'attempts_max', 'new_percent', 'again_seconds']) {
			body[name] = Number(body[name]);
		}
		body.bank = rules.bank ? Number(rules.bank) : null;
		onSaved(await api.put(`/ecm/events/${data.event.id}/final`, body));
		notify(t('exam.saved'));
	});
	const submit = (/** @type {Event} */ event) => {
		event.preventDefault();
		save.run();
	};
	const number = (/** @type {string} */ name, /** @type {string} */ label, /** @type {string} */ help = '') => html`<${TextField} id=${name} label=${t(label)}
		help=${help && t(help)} type="number" value=${rules[name]} onInput=${change(name)} />`;
	const banks = data.banks.map((/** @type {any} */ bank) => [bank.id, `${bank.name}, ${bank.version} (${bank.items})`]);
	return html`<form onSubmit=${submit} noValidate>
		<p>${t('exam.numbers', { credits: data.event.crediti, questions: data.rules.questions, needed: data.rules.needed })} ${data.rules.source && t('exam.source', { source: data.rules.source })}</p>
		<${SelectField} id="bank" label=${t('exam.bank')} help=${t('exam.bank_help')} value=${rules.bank ?? ''} empty=${t('exam.bank_none')} options=${banks} onInput=${change('bank')} />
		<${Check} id="required" label=${t('exam.required')} on=${rules.required} onChange=${change('required')} />
		${number('questions_per_credit', 'exam.per_credit')}
		${number('share_percent', 'exam.share')}
		<${Check} id="new_set" label=${t('exam.new_set')} on=${rules.new_set} onChange=${change('new_set')} />
		${rules.new_set && number('new_percent', 'exam.new_percent')}
		${number('attempts_max', 'exam.attempts_max', 'exam.attempts_help')}
		<${SelectField} id="contents_again" label=${t('exam.again')} value=${rules.contents_again} options=${[['all', t('exam.again_all')], ['any', t('exam.again_any')], ['none', t('exam.again_none')]]} onInput=${change('contents_again')} />
		${rules.contents_again !== 'none' && number('again_seconds', 'exam.again_seconds')}
		<${SelectField} id="disclose" label=${t('exam.disclose')} value=${rules.disclose} options=${[['event_end', t('exam.disclose_event_end')], ['passed', t('exam.disclose_passed')]]} onInput=${change('disclose')} />
		<${ErrorBox} error=${save.error} title=${t('exam.not_saved')} />
		<p class="actions"><button type="submit" class="btn btn-primary" disabled=${save.busy}>${t('exam.save')}</button></p>
	</form>`;
}
