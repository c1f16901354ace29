// The session ended while somebody was working: log in over the page, which stays as it is.

import { html } from '../html.js';
import { t } from '../i18n.js';
import { LogInForm } from '../pages/log-in.js';
import { mending, session } from '../session.js';
import { useSignal } from '../signal.js';
import { Dialog } from './dialog.js';

export function LogInAgain() {
	const answer = useSignal(mending);
	if (!answer) {
		return null;
	}
	const who = session.get()?.user;
	const leave = () => {
		answer(false);
		location.assign('/accesso');
	};
	return html`<${Dialog} title=${t('again.title')}>
		<p>${t('again.text')}</p>
		${who && html`<p><strong>${who.given_name} ${who.family_name}</strong> (${who.login})</p>`}
		<${LogInForm} login=${who?.login} onDone=${() => answer(true)} />
		<button type="button" class="btn btn-link mt-3 px-0" onClick=${leave}>${t('again.other')}</button>
	<//>`;
}
