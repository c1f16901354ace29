// Is a certificate genuine? For anybody who holds the paper: no log-in, no more than is printed on it.

import { useState } from 'preact/hooks';
import { api } from '../api.js';
import { html } from '../html.js';
import { t } from '../i18n.js';
import { navigate } from '../router.js';
import { TextField } from '../ui/field.js';
import { Load, useLoad } from '../ui/load.js';
import { Page } from '../ui/page.js';

const printed = ['person_name', 'codice_fiscale', 'professions', 'disciplines', 'role', 'event_title', 'event_code', 'event_form',
	'event_hours', 'credits', 'earned_day', 'provider_name'];

/** @param {{certificate: any}} props */
function Answer({ certificate }) {
	if (!certificate.known) {
		return html`<div class="alert alert-warning" role="status"><p class="mb-0">${t('verify.unknown')}</p></div>`;
	}
	const facts = printed.filter((name) => certificate[name]);
	return html`
		<div class=${`alert ${certificate.valid ? 'alert-success' : 'alert-danger'}`} role="status">
			<p class="mb-0"><strong>${t(certificate.valid ? 'verify.good' : 'verify.revoked')}</strong></p>
		</div>
		<section class="panel" aria-labelledby="certificate">
			<h2 class="h5" id="certificate">${t(`certificates.kind_${certificate.kind}`)}</h2>
			<dl class="facts">${facts.map((name) => html`<div key=${name}><dt>${t(`verify.${name}`)}</dt><dd>${certificate[name]}</dd></div>`)}</dl>
		</section>`;
}

/** @param {{code: string}} props */
function Checked({ code }) {
	const answer = useLoad(() => api.get(`/verify/${encodeURIComponent(code)}`), [code]);
	return html`<${Load} of=${answer}>${(/** @type {any} */ data) => html`<${Answer} certificate=${data} />`}<//>`;
}

/** @param {{code?: string}} props */
export function VerifyPage({ code }) {
	const [typed, setTyped] = useState(code ?? '');
	const submit = (/** @type {Event} */ event) => {
		event.preventDefault();
		const clean = typed.toUpperCase().replace(/[^0-9A-Z-]/g, '');
		if (clean) {
			navigate(`/verifica/${clean}`);
		}
	};
	return html`<${Page} title=${t('verify.title')} lead=${t('verify.lead')} narrow>
		<form class="panel mb-4" onSubmit=${submit}>
			<${TextField} id="code" label=${t('verify.code')} help=${t('verify.code_help')} value=${typed} onInput=${setTyped} spellcheck="false" autocapitalize="characters" maxlength="40" />
			<button type="submit" class="btn btn-primary">${t('verify.check')}</button>
		</form>
		${code && html`<${Checked} code=${code} />`}
	<//>`;
}
