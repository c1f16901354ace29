// On the home page: an invitation that waits for an answer, or a session that is today.

import { api } from '../../api.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { useLoad } from '../../ui/load.js';

/** What to say of one's classes, most urgent first. @param {any[]} classes @param {string} today @returns {{key: string, values: Record<string, string>}[]} */
export function hintsOf(classes, today) {
	const invited = classes.filter((one) => one.state === 'invited').map((one) => ({ key: 'classes.hint_invited', values: { title: one.event.title } }));
	const sessions = classes.filter((one) => one.state === 'enrolled' && !one.group.closed)
		.flatMap((one) => one.presence.sessions.filter((/** @type {any} */ session) => session.day === today)
			.map((/** @type {any} */ session) => ({ key: 'classes.hint_today', values: { title: one.event.title, begins: session.begins, ends: session.ends } })));
	return [...sessions, ...invited];
}

export function ClassesHint() {
	const mine = useLoad(() => api.get('/me/classes'));
	const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Rome', dateStyle: 'short' }).format(new Date());
	const hints = hintsOf(mine.data?.classes ?? [], today);
	return hints.length > 0 && html`<div class="alert alert-info">${hints.map((hint, i) => html`<p key=${i} class="mb-1">${t(hint.key, hint.values)}</p>`)}
		<a href="/aula">${t('classes.hint_go')}</a></div>`;
}
