// Signing in and out of a session with the code shown in class: typed, or from its QR code.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { useAction } from '../../ui/busy.js';
import { TextField } from '../../ui/field.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';

/** @param {{code?: string}} props from the QR code's address */
export function PresencePage({ code: given = '' }) {
	const [code, setCode] = useState(given);
	const [done, setDone] = useState(/** @type {any} */ (null));
	const sign = useAction(async () => setDone(await api.post('/me/presence', { code })));
	const submit = (/** @type {Event} */ event) => {
		event.preventDefault();
		sign.run();
	};
	return html`<${Page} title=${t('presence.title')} lead=${t('presence.lead')} narrow up=${{ href: '/aula', text: t('classes.mine') }}>
		<div role="status">${done && html`<section class="next next-good mb-4"><h2>${t(done.again ? 'presence.again' : `presence.${done.way}`, { clock: done.clock })}</h2>
			<p>${done.group} · ${done.session.begins}–${done.session.ends}${done.session.venue_name && ` · ${done.session.venue_name}`}</p>
			<p>${t(done.way === 'in' ? 'presence.then_out' : 'presence.then_bye')}</p>
			<div class="next-action"><a class="btn btn-light btn-lg" href="/aula">${t('classes.back')}</a></div></section>`}</div>
		${!done && html`<form onSubmit=${submit} noValidate>
			<${TextField} id="code" label=${t('presence.code')} help=${t('presence.help')} value=${code} onInput=${setCode} inputmode="numeric" autocomplete="off" maxlength="9" class="presence-code" />
			<${ErrorBox} error=${sign.error} />
			<p class="actions"><button type="submit" class="btn btn-primary btn-lg" disabled=${sign.busy || code.replaceAll(' ', '').length !== 6}>${t('presence.sign')}</button></p>
		</form>`}
	<//>`;
}
