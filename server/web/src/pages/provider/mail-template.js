// The words of a message, in both languages, with the placeholders they may hold.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { html } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { navigate } from '../../router.js';
import { useAction } from '../../ui/busy.js';
import { SelectField, TextArea, TextField } from '../../ui/field.js';
import { formErrors } from '../../ui/form-errors.js';
import { Load, useLoad } from '../../ui/load.js';
import { notify } from '../../ui/notices.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';

const kinds = ['invitation', 'placement', 'start', 'idle', 'almost', 'complete', 'general'];
const empty = { kind: 'general', name: '', subject_it: '', body_it: '', subject_en: '', body_en: '' };

/** @param {{template: any, placeholders: any[]}} props */
function Form({ template, placeholders }) {
	const [form, setForm] = useState(template ?? empty);
	const save = useAction(async () => {
		const body = Object.fromEntries(Object.keys(empty).map((name) => [name, form[name]]));
		await (template ? api.put(`/mail/templates/${template.id}`, body) : api.post('/mail/templates', body));
		notify(t('mail.template_saved'));
		navigate('/campagne');
	});
	const errors = formErrors(save.error, Object.keys(empty));
	const field = (/** @type {string} */ name) => ({ id: name, label: t(`mail.${name}`), value: form[name], error: errors.of(name), required: true, onInput: (/** @type {string} */ value) => setForm({ ...form, [name]: value }) });
	const submit = (/** @type {Event} */ event) => {
		event.preventDefault();
		save.run();
	};
	return html`<form class="panel" onSubmit=${submit}>
		<${TextField} ...${field('name')} maxlength="200" />
		<${SelectField} ...${field('kind')} help=${t(`mail.fits_${form.kind}`)} options=${kinds.map((kind) => [kind, t(`mail.kind_${kind}`)])} />
		<${TextField} ...${field('subject_it')} maxlength="200" />
		<${TextArea} ...${field('body_it')} rows=${12} />
		<${TextField} ...${field('subject_en')} maxlength="200" />
		<${TextArea} ...${field('body_en')} rows=${12} />
		<h2 class="h5">${t('mail.placeholders')}</h2>
		<dl class="facts">${placeholders.map((each) => html`<div key=${each.name}><dt class="code">{${each.name}}</dt><dd>${pick(each)}</dd></div>`)}</dl>
		<${ErrorBox} error=${errors.rest} title=${t('mail.template_not_saved')} />
		<button type="submit" class="btn btn-primary" disabled=${save.busy}>${t('action.save')}</button>
	</form>`;
}

/** @param {{id: string}} props id: "nuovo" for a new one */
export function MailTemplatePage({ id }) {
	const words = useLoad(() => api.get('/mail/templates'), [id]);
	const find = (/** @type {any} */ data) => data?.templates.find((/** @type {any} */ each) => String(each.id) === id) ?? null;
	return html`<${Page} title=${find(words.data)?.name ?? t('mail.template_new')} lead=${t('mail.template_lead')} narrow up=${{ href: '/campagne', text: t('campaigns.title') }}>
		<${Load} of=${words}>${(/** @type {any} */ data) => html`<${Form} key=${id} template=${find(data)} placeholders=${data.placeholders} />`}<//>
	<//>`;
}
