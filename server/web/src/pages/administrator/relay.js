// The SMTP relay: where messages are handed over, and a test of it.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { useAction } from '../../ui/busy.js';
import { PasswordField, SelectField, TextField } from '../../ui/field.js';
import { formErrors } from '../../ui/form-errors.js';
import { Load, useLoad } from '../../ui/load.js';
import { notify } from '../../ui/notices.js';
import { ErrorBox } from '../../ui/problems.js';

const members = ['host', 'port', 'security', 'user', 'password', 'sender', 'sender_name', 'reply_to', 'per_minute', 'retry_seconds'];
const numbers = ['port', 'per_minute', 'retry_seconds'];

/** @param {{relay: any, set: (relay: any) => void}} props */
function Form({ relay, set }) {
	const [form, setForm] = useState({ ...relay, password: '' });
	const save = useAction(async () => {
		const body = Object.fromEntries(members.filter((name) => name !== 'password' || form.password !== '').map((name) => [name, numbers.includes(name) ? Number(form[name]) : form[name]]));
		set(await api.put('/mail/relay', body));
		setForm({ ...form, password: '' });
		notify(t('relay.saved'));
	});
	const errors = formErrors(save.error, members);
	const field = (/** @type {string} */ name) => ({ id: `relay-${name}`, label: t(`relay.${name}`), value: form[name], error: errors.of(name), onInput: (/** @type {string} */ value) => setForm({ ...form, [name]: value }) });
	const submit = (/** @type {Event} */ event) => {
		event.preventDefault();
		save.run();
	};
	return html`<form class="panel mb-4" onSubmit=${submit}>
		${relay.fault && html`<div class="alert alert-warning" role="status"><p class="mb-0">${t(relay.stopped ? 'campaigns.relay_stopped' : 'campaigns.relay_fault')} <span class="text-break">«${relay.fault}»</span></p></div>`}
		<${TextField} ...${field('host')} help=${t('relay.host_help')} spellcheck="false" />
		<${TextField} ...${field('port')} type="number" min="1" max="65535" />
		<${SelectField} ...${field('security')} options=${['starttls', 'tls', 'none'].map((each) => [each, t(`relay.security_${each}`)])} />
		<${TextField} ...${field('user')} optional autocomplete="off" />
		<${PasswordField} ...${field('password')} optional autocomplete="new-password" help=${t(relay.has_password ? 'relay.password_kept' : 'relay.password_none')} />
		<${TextField} ...${field('sender')} type="email" />
		<${TextField} ...${field('sender_name')} optional />
		<${TextField} ...${field('reply_to')} type="email" optional />
		<${TextField} ...${field('per_minute')} type="number" min="1" max="60000" />
		<${TextField} ...${field('retry_seconds')} type="number" min="1" max="3600" help=${t('relay.retry_help')} />
		<${ErrorBox} error=${errors.rest} title=${t('relay.not_saved')} />
		<button type="submit" class="btn btn-primary" disabled=${save.busy}>${t('action.save')}</button>
	</form>`;
}

function Test() {
	const [address, setAddress] = useState('');
	const [answer, setAnswer] = useState(/** @type {any} */ (null));
	const send = useAction(async () => setAnswer(await api.post('/mail/relay/test', { address })));
	const submit = (/** @type {Event} */ event) => {
		event.preventDefault();
		setAnswer(null);
		send.run();
	};
	return html`<form class="panel" onSubmit=${submit}>
		<${TextField} id="relay-test" label=${t('relay.test_address')} type="email" value=${address} onInput=${setAddress} required />
		<${ErrorBox} error=${send.error} title=${t('relay.test_failed')} />
		${answer && html`<div class=${`alert ${answer.sent ? 'alert-success' : 'alert-danger'}`} role="status"><p class="mb-0">${t(answer.sent ? 'relay.test_sent' : 'relay.test_failed')}: <span class="text-break">${answer.answer}</span></p></div>`}
		<button type="submit" class="btn btn-outline-primary" disabled=${send.busy}>${t('relay.test')}</button>
	</form>`;
}

export function RelaySettings() {
	const relay = useLoad(() => api.get('/mail/relay'));
	return html`<section class="mt-5" aria-labelledby="relay"><h2 class="h4" id="relay">${t('relay.title')}</h2>
		<p>${t('relay.lead')}</p>
		<${Load} of=${relay}>${(/** @type {any} */ data) => html`<${Form} relay=${data} set=${relay.set} /><${Test} />`}<//>
	</section>`;
}
