// The provider's own record: what certificates print of it, with its logo.

import { useState } from 'preact/hooks';
import { api, call } from '../../api.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { useAction } from '../../ui/busy.js';
import { TextField } from '../../ui/field.js';
import { formErrors } from '../../ui/form-errors.js';
import { Load, useLoad } from '../../ui/load.js';
import { notify } from '../../ui/notices.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';
import { Upload } from '../../ui/upload.js';

/** @param {{record: any}} props */
function Record({ record }) {
	const [form, setForm] = useState(record);
	const save = useAction(async () => {
		setForm(await api.put('/ecm/provider', form));
		notify(t('provider.saved'));
	});
	const errors = formErrors(save.error, Object.keys(form));
	const field = (/** @type {string} */ name, /** @type {boolean} */ help = false) => ({
		id: name, label: t(`provider.${name}`), value: form[name], error: errors.of(name), help: help ? t(`provider.${name}_help`) : null,
		onInput: (/** @type {string} */ value) => setForm({ ...form, [name]: value }),
	});
	const submit = (/** @type {Event} */ event) => {
		event.preventDefault();
		save.run();
	};
	return html`<form class="panel mb-4" onSubmit=${submit}>
		<div class="field-grid">
			<${TextField} ...${field('name')} class="wide" maxlength="200" />
			<${TextField} ...${field('code')} maxlength="20" spellcheck="false" />
			<${TextField} ...${field('place')} maxlength="100" />
			<${TextField} ...${field('accreditation')} maxlength="60" />
			<${TextField} ...${field('accredited_until')} type="date" />
			<${TextField} ...${field('accreditor', true)} class="wide" maxlength="200" />
			<${TextField} ...${field('legal_name')} maxlength="200" />
			<${TextField} ...${field('legal_quality')} maxlength="200" />
			<${TextField} ...${field('organiser', true)} optional maxlength="200" />
			<${TextField} ...${field('partner')} optional maxlength="200" />
		</div>
		<${ErrorBox} error=${errors.rest} title=${t('provider.not_saved')} />
		<button type="submit" class="btn btn-primary" disabled=${save.busy}>${t('provider.save')}</button>
	</form>`;
}

/** @param {{record: any, onChange: () => void}} props */
function Logo({ record, onChange }) {
	const [turn, setTurn] = useState(0);
	const put = useAction(async (/** @type {Blob | null} */ file) => {
		await call('PUT', '/ecm/provider/logo', { raw: file ?? new Blob([]), headers: { 'Content-Type': 'application/octet-stream' } });
		setTurn(turn + 1);
		onChange();
	});
	return html`<section class="panel" aria-labelledby="logo">
		<h2 class="h5" id="logo">${t('provider.logo')}</h2>
		${record.has_logo && html`<p><img class="provider-logo" src=${`/api/ecm/provider/logo?${turn}`} alt=${t('provider.logo_now')} /></p>
			<button type="button" class="btn btn-link" disabled=${put.busy} onClick=${() => put.run(null)}>${t('provider.logo_remove')}</button>`}
		<${ErrorBox} error=${put.error} title=${t('provider.logo_refused')} />
		<${Upload} id="logo-file" title=${t('provider.logo_drop')} help=${t('provider.logo_text')} accept="image/png" button=${t('provider.logo_choose')} progress=${null} onFile=${put.run} />
	</section>`;
}

export function ProviderPage() {
	const record = useLoad(() => api.get('/ecm/provider'));
	return html`<${Page} title=${t('provider.title')} lead=${t('provider.lead')} narrow>
		<${Load} of=${record}>${(/** @type {any} */ data) => html`<${Record} record=${data} /><${Logo} record=${data} onChange=${record.reload} />`}<//>
	<//>`;
}
