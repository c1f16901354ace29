// One's own certificates, and what they print of oneself.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { date } from '../../format.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { useAction } from '../../ui/busy.js';
import { TextField } from '../../ui/field.js';
import { formErrors } from '../../ui/form-errors.js';
import { Icon } from '../../ui/icon.js';
import { Load, useLoad } from '../../ui/load.js';
import { notify } from '../../ui/notices.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';

/** @param {{row: any}} props */
function Issued({ row }) {
	const facts = [row.credits && t('certificates.credits', { n: row.credits }), row.earned_day && t('certificates.earned', { day: row.earned_day })];
	return html`<li class="panel mb-3"><div class="export">
		<div>
			<p class="mb-0"><strong>${t(`certificates.kind_${row.kind}`)}</strong><span class="sub">${row.title}</span></p>
			<p class="mb-0 muted">${facts.filter(Boolean).join(' · ')}</p>
			<p class="mb-0 muted"><span class="code">${row.code}</span></p>
			${row.revoked_at && html`<p class="mb-0"><span class="tag">${t('certificates.revoked', { why: row.revoked_why })}</span></p>`}
		</div>
		${!row.revoked_at && html`<a class="btn btn-outline-primary" href=${`/api/me/certificates/${row.id}/pdf`} download>
			<${Icon} name="download" size="sm" color="primary" /> ${t('certificates.download')}
		</a>`}
	</div></li>`;
}

/** @param {{row: any, issue: any}} props */
function Available({ row, issue }) {
	return html`<li class="panel panel-tinted mb-3"><div class="export">
		<div>
			<p class="mb-0"><strong>${t('certificates.available')}</strong><span class="sub">${row.title}</span></p>
			<p class="mb-0 muted">${t('certificates.earned', { day: date(row.day) })}</p>
		</div>
		<button type="button" class="btn btn-primary" disabled=${issue.busy} onClick=${() => issue.run(row.event)}>
			${t(issue.busy ? 'certificates.issuing' : 'certificates.issue')}
		</button>
	</div></li>`;
}

/** @param {{data: any}} props */
function Register({ data }) {
	const [form, setForm] = useState(data);
	const save = useAction(async () => {
		setForm(await api.put('/me/register', form));
		notify(t('register.saved'));
	});
	const errors = formErrors(save.error, Object.keys(form));
	const field = (/** @type {string} */ name) => ({
		id: name, label: t(`register.${name}`), value: form[name], error: errors.of(name), optional: true,
		onInput: (/** @type {string} */ value) => setForm({ ...form, [name]: value }),
	});
	const submit = (/** @type {Event} */ event) => {
		event.preventDefault();
		save.run();
	};
	return html`<form class="panel mt-4" onSubmit=${submit} aria-labelledby="register">
		<h2 class="h5" id="register">${t('register.title')}</h2>
		<p>${t('register.text')}</p>
		<div class="field-grid">
			<${TextField} ...${field('birth_place')} maxlength="100" />
			<${TextField} ...${field('birth_day')} type="date" />
			<${TextField} ...${field('order_name')} help=${t('register.order_name_help')} maxlength="200" />
			<${TextField} ...${field('order_number')} maxlength="40" />
		</div>
		<${ErrorBox} error=${errors.rest} title=${t('register.not_saved')} />
		<button type="submit" class="btn btn-outline-primary" disabled=${save.busy}>${t('register.save')}</button>
	</form>`;
}

export function CertificatesPage() {
	const mine = useLoad(() => api.get('/me/certificates'));
	const register = useLoad(() => api.get('/me/register'));
	const issue = useAction(async (/** @type {number} */ event) => {
		await api.post('/me/certificates', { event });
		await mine.reload();
	});
	return html`<${Page} title=${t('certificates.title')} lead=${t('certificates.lead')} narrow>
		<${ErrorBox} error=${issue.error} title=${t('certificates.not_issued')} />
		<${Load} of=${mine}>${(/** @type {any} */ data) => (data.certificates.length + data.available.length === 0
			? html`<div class="empty"><p>${t('certificates.empty')}</p></div>`
			: html`<ul class="list-unstyled">
				${data.available.map((/** @type {any} */ row) => html`<${Available} key=${row.event} row=${row} issue=${issue} />`)}
				${data.certificates.map((/** @type {any} */ row) => html`<${Issued} key=${row.id} row=${row} />`)}
			</ul>`)}<//>
		<${Load} of=${register}>${(/** @type {any} */ data) => html`<${Register} data=${data} />`}<//>
	<//>`;
}
