// Whether the answers are on the server, said honestly.

import { clock } from '../format.js';
import { html } from '../html.js';
import { t } from '../i18n.js';
import { Icon } from './icon.js';
import { ErrorBox } from './problems.js';

/** What to say, as [key, icon, colour]. @param {import('../outbox.js').State} state @returns {[string, string, string]} */
export function saveMessage(state) {
	if (state.offline) {
		return ['quest.offline', 'warning-circle', 'warning'];
	}
	if (state.sending && state.pending > 0) {
		return ['quest.saving', 'refresh', 'primary'];
	}
	return state.savedAt ? ['quest.saved_at', 'check-circle', 'success'] : ['quest.not_saved_yet', 'info-circle', 'primary'];
}

/** @param {{outbox: import('../outbox.js').Outbox}} props */
export function SaveState({ outbox }) {
	const { state } = outbox;
	const [key, icon, color] = saveMessage(state);
	const values = { time: state.savedAt ? clock(state.savedAt) : '', pending: state.pending };
	return html`<div>
		<${ErrorBox} error=${state.error} title=${t('quest.refused')} />
		<div class="save-state" role="status">
			<${Icon} name=${icon} size="sm" color=${color} /> <span>${t(key, values)}</span>
		</div>
		${state.offline && html`<button type="button" class="btn btn-sm btn-outline-primary mt-2" onClick=${() => outbox.flush()}>${t('quest.send_now')}</button>`}
	</div>`;
}
