// The installation's settings.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { html } from '../../html.js';
import { knows, t } from '../../i18n.js';
import { loadSession } from '../../session.js';
import { useAction } from '../../ui/busy.js';
import { SelectField, TextField } from '../../ui/field.js';
import { formErrors } from '../../ui/form-errors.js';
import { Load, useLoad } from '../../ui/load.js';
import { notify } from '../../ui/notices.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';
import { RelaySettings } from './relay.js';

/** How a setting is edited, when not as plain text. @type {Record<string, {type?: string, choices?: string[]}>} */
const kinds = {
	programme_deadline: { type: 'date' },
	order: { choices: ['free', 'forced'] },
	heartbeat_seconds: { type: 'number' },
	support_email: { type: 'email' },
};

/** Shown by the server beside the settings, but given at its start. */
const fixed = ['app_origin', 'content_origin'];

/** @param {{settings: Record<string, string>}} props */
function Form({ settings }) {
	const [form, setForm] = useState(settings);
	const names = Object.keys(settings).filter((name) => !fixed.includes(name));
	const save = useAction(async () => {
		const changed = Object.fromEntries(Object.entries(form).filter(([name, value]) => value !== settings[name]));
		await api.put('/settings', changed);
		await loadSession();
		notify(t('settings.saved'));
	});
	const errors = formErrors(save.error, names);
	const submit = (/** @type {Event} */ event) => {
		event.preventDefault();
		save.run();
	};
	const control = (/** @type {string} */ name) => {
		const kind = kinds[name] ?? {};
		const props = {
			id: name, value: form[name], error: errors.of(name), label: knows(`setting.${name}`) ? t(`setting.${name}`) : name,
			help: knows(`setting.${name}_help`) ? t(`setting.${name}_help`) : null,
			onInput: (/** @type {string} */ value) => setForm({ ...form, [name]: value }),
		};
		return kind.choices
			? html`<${SelectField} key=${name} ...${props} options=${kind.choices.map((choice) => [choice, t(`setting.${name}.${choice}`)])} />`
			: html`<${TextField} key=${name} ...${props} type=${kind.type ?? 'text'} />`;
	};
	return html`<form class="panel" onSubmit=${submit}>
		${names.map(control)}
		<${ErrorBox} error=${errors.rest} title=${t('settings.not_saved')} />
		<button type="submit" class="btn btn-primary" disabled=${save.busy}>${t('action.save')}</button>
	</form>`;
}

export function SettingsPage() {
	const settings = useLoad(async () => {
		const answer = await api.get('/settings');
		return answer.settings ?? answer;
	});
	return html`<${Page} title=${t('settings.title')} lead=${t('settings.lead')} narrow>
		<${Load} of=${settings}>${(/** @type {any} */ data) => html`<${Form} settings=${data} />`}<//>
		<${RelaySettings} />
	<//>`;
}
