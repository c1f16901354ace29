// One user's roles, company and access; a new one-time password.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { asOptions, table } from '../../tables.js';
import { useAction } from '../../ui/busy.js';
import { Dialog } from '../../ui/dialog.js';
import { SelectField } from '../../ui/field.js';
import { useLoad } from '../../ui/load.js';
import { notify } from '../../ui/notices.js';
import { PersonDataDialog } from '../../ui/person-data.js';
import { ErrorBox } from '../../ui/problems.js';
import { OneTimePassword } from './one-time-password.js';
import { RoleChecks } from './role-checks.js';

/** @param {{user: any, onClose: () => void}} props */
export function EditUser({ user, onClose }) {
	const name = `${user.given_name} ${user.family_name}`;
	const companies = useLoad(() => table('companies'));
	const [roles, setRoles] = useState(/** @type {string[]} */ (user.roles));
	const [company, setCompany] = useState(user.company ?? '');
	const [active, setActive] = useState(user.active !== false);
	const [mending, mend] = useState(false);
	const [password, setPassword] = useState(/** @type {string | null} */ (null));
	const save = useAction(async () => {
		await api.put(`/users/${user.id}`, { roles, active, company });
		notify(t('users.saved'));
		onClose();
	});
	const reset = useAction(async () => {
		const answer = await api.post(`/users/${user.id}/reset-password`);
		setPassword(answer.one_time_password);
	});
	const submit = (/** @type {Event} */ event) => {
		event.preventDefault();
		save.run();
	};
	if (mending) {
		return html`<${PersonDataDialog} person=${user} path=${`/users/${user.id}`} onClose=${onClose} />`;
	}
	if (password) {
		return html`<${Dialog} title=${name} onClose=${onClose}><${OneTimePassword} login=${user.login} password=${password} onDone=${onClose} /><//>`;
	}
	return html`<${Dialog} title=${name} onClose=${onClose}>
		<form onSubmit=${submit}>
			<p class="muted">${user.login}</p>
			<${RoleChecks} roles=${roles} onRoles=${setRoles} />
			<${SelectField} id="edit-company" label=${t('users.company')} value=${company} onInput=${setCompany} empty=${t('users.no_company')} options=${asOptions(companies.data ?? [])} />
			<div class="check mb-3">
				<input type="checkbox" id="edit-active" checked=${active} onChange=${(/** @type {any} */ event) => setActive(event.target.checked)} />
				<label for="edit-active">${t('users.active')}</label>
			</div>
			<${ErrorBox} error=${save.error ?? reset.error} />
			<div class="actions">
				<button type="submit" class="btn btn-primary" disabled=${save.busy}>${t('action.save')}</button>
				<button type="button" class="btn btn-outline-primary js-data" onClick=${() => mend(true)}>${t('users.mend')}</button>
				<button type="button" class="btn btn-outline-primary" disabled=${reset.busy} onClick=${reset.run}>${t('users.reset')}</button>
				<a class="btn btn-link" href=${`/utenti/${user.id}/dati`}>${t('users.data')}</a>
			</div>
		</form>
	<//>`;
}
