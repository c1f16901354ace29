// Reminders by e-mail: no more of them, or again. By the link at the foot of each (no log-in), and in the profile.

import { api } from '../api.js';
import { html } from '../html.js';
import { t } from '../i18n.js';
import { useAction } from '../ui/busy.js';
import { Load, useLoad } from '../ui/load.js';
import { Page } from '../ui/page.js';
import { ErrorBox } from '../ui/problems.js';

/** @param {{state: any, save: (optedOut: boolean) => Promise<void>}} props */
function Choice({ state, save }) {
	const change = useAction(save);
	if (state.known === false) {
		return html`<div class="alert alert-warning" role="status"><p class="mb-0">${t('reminders.unknown')}</p></div>`;
	}
	return html`<div class="panel">
		<p role="status"><strong>${t(state.opted_out ? 'reminders.off' : 'reminders.on')}</strong></p>
		<p>${t('reminders.service')}</p>
		<${ErrorBox} error=${change.error} />
		<button type="button" class="btn btn-primary" disabled=${change.busy} onClick=${() => change.run(!state.opted_out)}>
			${t(state.opted_out ? 'reminders.start' : 'reminders.stop')}
		</button>
	</div>`;
}

/** @param {{code: string}} props */
export function StopPage({ code }) {
	const path = `/unsubscribe/${encodeURIComponent(code)}`;
	const state = useLoad(() => api.get(path), [code]);
	return html`<${Page} title=${t('reminders.title')} lead=${t('reminders.lead')} narrow>
		<${Load} of=${state}>${(/** @type {any} */ data) => html`<${Choice} state=${data} save=${async (/** @type {boolean} */ out) => state.set(await api.post(path, { opted_out: out }))} />`}<//>
	<//>`;
}

export function RemindersPage() {
	const state = useLoad(() => api.get('/me/mail'));
	return html`<${Page} title=${t('reminders.title')} lead=${t('reminders.lead')} narrow>
		<${Load} of=${state}>${(/** @type {any} */ data) => html`<${Choice} state=${data} save=${async (/** @type {boolean} */ out) => state.set(await api.put('/me/mail', { opted_out: out }))} />`}<//>
	<//>`;
}
