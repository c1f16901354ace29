// A one-time password, shown once.

import { useState } from 'preact/hooks';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { Icon } from '../../ui/icon.js';

/** @param {{login: string, password: string, onDone: () => void}} props */
export function OneTimePassword({ login, password, onDone }) {
	const [copied, setCopied] = useState(false);
	const copy = async () => {
		await navigator.clipboard.writeText(password);
		setCopied(true);
	};
	return html`<div role="status">
		<p>${t('users.password_once')}</p>
		<p class="one-time"><span class="visually-hidden">${t('login.name')}: </span>${login}<br /><strong class="code">${password}</strong></p>
		<div class="actions">
			${navigator.clipboard && html`<button type="button" class="btn btn-outline-primary" onClick=${copy}>
				<${Icon} name=${copied ? 'check' : 'copy'} size="sm" color="primary" /> ${t(copied ? 'users.copied' : 'users.copy')}
			</button>`}
			<button type="button" class="btn btn-primary" onClick=${onDone}>${t('users.password_done')}</button>
		</div>
	</div>`;
}
