// A person's data, for the administrator: a copy on their behalf, and making them anonymous when the law lets it go.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { html } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { useAction } from '../../ui/busy.js';
import { TextField } from '../../ui/field.js';
import { formErrors } from '../../ui/form-errors.js';
import { Icon } from '../../ui/icon.js';
import { Load, useLoad } from '../../ui/load.js';
import { notify } from '../../ui/notices.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';

/** @param {{id: string, onDone: () => void}} props */
function Form({ id, onDone }) {
	const [form, setForm] = useState({ login: '', why: '' });
	const go = useAction(async () => {
		await api.post(`/users/${id}/anonymise`, form);
		notify(t('anonymise.done'));
		onDone();
	});
	const errors = formErrors(go.error, ['login', 'why']);
	const submit = (/** @type {Event} */ event) => {
		event.preventDefault();
		go.run();
	};
	const field = (/** @type {'login' | 'why'} */ name) => ({
		id: name, label: t(`anonymise.${name}`), value: form[name], error: errors.of(name), required: true,
		onInput: (/** @type {string} */ value) => setForm({ ...form, [name]: value }),
	});
	return html`<form onSubmit=${submit}>
		<p>${t('anonymise.what')}</p>
		<${TextField} ...${field('login')} help=${t('anonymise.login_help')} autocomplete="off" spellcheck="false" />
		<${TextField} ...${field('why')} help=${t('anonymise.why_help')} maxlength="500" autocomplete="off" />
		<${ErrorBox} error=${errors.rest} title=${t('anonymise.not_done')} />
		<button type="submit" class="btn btn-danger" disabled=${go.busy}>${t('anonymise.go')}</button>
	</form>`;
}

/** @param {{may: any}} props */
function Refusal({ may }) {
	return html`<div class="alert alert-info" role="status">
		<p><strong>${pick(may.problem)}</strong></p>
		<p class="mb-0">${pick(may.problem, 'mend')}</p>
	</div>`;
}

/** @param {{id: string}} props */
export function PersonDataPage({ id }) {
	const may = useLoad(() => api.get(`/users/${id}/anonymise`), [id]);
	return html`<${Page} title=${t('persondata.title')} lead=${may.data && `${may.data.name} (${may.data.login})`} up=${{ href: '/utenti', text: t('users.title') }} narrow>
		<section aria-labelledby="copy">
			<h2 id="copy">${t('persondata.copy')}</h2>
			<p>${t('persondata.copy_text')}</p>
			<a class="btn btn-outline-primary" href=${`/api/users/${id}/data.zip`} download><${Icon} name="download" size="sm" color="primary" /> ${t('persondata.download')}</a>
		</section>
		<section class="mt-5" aria-labelledby="anonymise">
			<h2 id="anonymise">${t('anonymise.title')}</h2>
			<${Load} of=${may}>${(/** @type {any} */ data) => (data.possible
				? html`<${Form} id=${id} onDone=${may.reload} />`
				: html`<${Refusal} may=${data} />`)}<//>
		</section>
	<//>`;
}
