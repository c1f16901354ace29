// Log-in.

import { useEffect, useState } from 'preact/hooks';
import { asApiError } from '../api.js';
import { html } from '../html.js';
import { t } from '../i18n.js';
import { navigate } from '../router.js';
import { homeOf, logIn, session } from '../session.js';
import { PasswordField, TextField } from '../ui/field.js';
import { Icon } from '../ui/icon.js';
import { Page } from '../ui/page.js';
import { ErrorBox } from '../ui/problems.js';

/** Where to go after log-in: only a path of this application, never another host. @param {string} search */
export function destination(search) {
	const wanted = new URLSearchParams(search).get('poi') ?? '';
	return /^\/(?![/\\])/.test(wanted) ? wanted : null;
}

/** Seconds that still have to pass, counted down. */
function useCountdown() {
	const [seconds, setSeconds] = useState(0);
	useEffect(() => {
		if (seconds > 0) {
			const timer = setTimeout(() => setSeconds(seconds - 1), 1000);
			return () => clearTimeout(timer);
		}
		return undefined;
	}, [seconds]);
	return /** @type {const} */ ([seconds, setSeconds]);
}

/** The form; also used when a session ended. @param {{login?: string, onDone: () => void}} props */
export function LogInForm({ login: known, onDone }) {
	const [login, setLogin] = useState(known ?? '');
	const [password, setPassword] = useState('');
	const [error, setError] = useState(/** @type {unknown} */ (null));
	const [busy, setBusy] = useState(false);
	const [wait, setWait] = useCountdown();

	async function submit(/** @type {Event} */ event) {
		event.preventDefault();
		setBusy(true);
		setError(null);
		try {
			await logIn(login.trim(), password);
			onDone();
		} catch (thrown) {
			setError(thrown);
			setWait(Number(asApiError(thrown).body?.retry_after_seconds ?? 0));
		}
		setBusy(false);
	}

	return html`<form onSubmit=${submit}>
		<${ErrorBox} error=${error} title=${t('login.failed')} />
		${known === undefined && html`<${TextField} id="login" label=${t('login.name')} value=${login} onInput=${setLogin}
			required autocomplete="username" autocapitalize="none" spellcheck="false" />`}
		<${PasswordField} id="password" label=${t('login.password')} value=${password} onInput=${setPassword}
			required autocomplete="current-password" />
		<button type="submit" class="btn btn-primary w-100" disabled=${busy || wait > 0 || !login || !password}>${t('login.submit')}</button>
		${wait > 0 && html`<p class="mt-3 mb-0">${t('login.wait', { seconds: wait })}</p>`}
	</form>`;
}

export function LogIn() {
	const done = () => {
		const user = session.get()?.user;
		navigate(destination(location.search) ?? (user ? homeOf(user) : '/'), { replace: true });
	};
	return html`<${Page} title=${t('login.title')} lead=${t('login.lead')}>
		<div class="row gy-5">
			<div class="col-12 col-md-6 col-lg-5">
				<div class="panel"><${LogInForm} onDone=${done} /></div>
				<h2 class="h6 mt-4">${t('login.help')}</h2>
				<p>${t('login.help_text')}</p>
			</div>
			<div class="col-12 col-md-6 offset-lg-1">
				<h2 class="h4">${t('login.about')}</h2>
				<ul class="marked">
					<li><${Icon} name="search" color="primary" /><span>${t('login.about_level')}</span></li>
					<li><${Icon} name="clock" color="primary" /><span>${t('login.about_pace')}</span></li>
					<li><${Icon} name="star-outline" color="primary" /><span>${t('login.about_credits')}</span></li>
				</ul>
			</div>
		</div>
	<//>`;
}
