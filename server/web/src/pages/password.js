// Changing one's password; compulsory after a one-time password.

import { useState } from 'preact/hooks';
import { api } from '../api.js';
import { html } from '../html.js';
import { t } from '../i18n.js';
import { navigate } from '../router.js';
import { homeOf, loadSession, session } from '../session.js';
import { PasswordField } from '../ui/field.js';
import { notify } from '../ui/notices.js';
import { Page } from '../ui/page.js';
import { ErrorBox } from '../ui/problems.js';

const SHORTEST_PASSWORD = 10;

/** What is wrong with the entries, as keys of texts by field. @param {string} old @param {string} next @param {string} again */
export function faults(old, next, again) {
	/** @type {Record<string, string>} */
	const found = {};
	if (!old) {
		found.old = 'field.required';
	}
	if ([...next].length < SHORTEST_PASSWORD) {
		found.next = 'password.too_short';
	} else if (next === old) {
		found.next = 'password.same';
	}
	if (again !== next) {
		found.again = 'password.differs';
	}
	return found;
}

export function Password() {
	const [old, setOld] = useState('');
	const [next, setNext] = useState('');
	const [again, setAgain] = useState('');
	const [tried, setTried] = useState(false);
	const [error, setError] = useState(/** @type {unknown} */ (null));
	const found = tried ? faults(old, next, again) : {};
	const text = (/** @type {string} */ field) => (found[field] ? t(found[field]) : null);

	async function submit(/** @type {Event} */ event) {
		event.preventDefault();
		setTried(true);
		setError(null);
		const wrong = Object.keys(faults(old, next, again));
		if (wrong.length > 0) {
			document.getElementById(`password-${wrong[0]}`)?.focus();
			return;
		}
		try {
			await api.post('/session/password', { old, new: next });
			const { user } = await loadSession();
			notify(t('password.done'));
			navigate(user ? homeOf(user) : '/');
		} catch (thrown) {
			setError(thrown);
		}
	}

	const must = session.get()?.user?.must_change_password;
	return html`<${Page} title=${t('password.title')} lead=${must ? t('password.must') : null} narrow>
		<form class="panel" onSubmit=${submit} noValidate>
			<${ErrorBox} error=${error} />
			<${PasswordField} id="password-old" label=${t('password.old')} value=${old} onInput=${setOld} error=${text('old')}
				required autocomplete="current-password" />
			<${PasswordField} id="password-next" label=${t('password.new')} value=${next} onInput=${setNext} error=${text('next')}
				help=${t('password.new_help')} required autocomplete="new-password" />
			<${PasswordField} id="password-again" label=${t('password.again')} value=${again} onInput=${setAgain} error=${text('again')}
				required autocomplete="new-password" />
			<button type="submit" class="btn btn-primary">${t('password.submit')}</button>
		</form>
	<//>`;
}
