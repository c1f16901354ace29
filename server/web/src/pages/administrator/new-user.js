// A new user, by hand.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { navigate } from '../../router.js';
import { asOptions, table } from '../../tables.js';
import { useAction } from '../../ui/busy.js';
import { SelectField, TextField } from '../../ui/field.js';
import { formErrors } from '../../ui/form-errors.js';
import { useLoad } from '../../ui/load.js';
import { Page } from '../../ui/page.js';
import { contracts } from '../../ui/person-data.js';
import { ErrorBox } from '../../ui/problems.js';
import { ProfessionsField, professionsText } from '../../ui/professions.js';
import { OneTimePassword } from './one-time-password.js';
import { RoleChecks } from './role-checks.js';

const empty = {
	family_name: '', given_name: '', codice_fiscale: '', email: '', login: '', professions: /** @type {import('../../ui/professions.js').Profession[]} */ ([]), company: '', contract: '', target_group: '',
};
const groups = ['operatori', 'mmg_pls', 'segreteria', 'formatori', 'dirigenti'];

/** What the server takes: what was filled in, codes as numbers. @param {typeof empty} form @param {string[]} roles */
export function toUser(form, roles) {
	const { professions, ...texts } = form;
	const given = Object.entries(texts).map(([name, value]) => [name, value.trim()]).filter(([, value]) => value !== '');
	const user = Object.fromEntries(given);
	const all = professionsText(professions);
	return {
		...user,
		...(user.codice_fiscale && { codice_fiscale: user.codice_fiscale.toUpperCase() }),
		...(all && { professions: all }),
		roles,
	};
}

export function NewUserPage() {
	const [form, setForm] = useState(empty);
	const [roles, setRoles] = useState(['operator']);
	const [password, setPassword] = useState(/** @type {string | null} */ (null));
	const companies = useLoad(() => table('companies'));
	const create = useAction(async () => {
		const { user } = await api.post('/users', toUser(form, roles));
		const answer = await api.post(`/users/${user.id}/reset-password`);
		setPassword(answer.one_time_password);
	});
	const errors = formErrors(create.error, Object.keys(empty));
	const field = (/** @type {keyof typeof empty} */ name) => ({
		id: name, label: t(`users.${name}`), value: form[name], error: errors.of(name),
		onInput: (/** @type {string} */ value) => setForm({ ...form, [name]: value }),
	});
	const submit = (/** @type {Event} */ event) => {
		event.preventDefault();
		create.run();
	};
	if (password !== null) {
		return html`<${Page} title=${t('users.created')} up=${{ href: '/utenti', text: t('users.title') }} narrow>
			<div class="panel"><${OneTimePassword} login=${form.login} password=${password} onDone=${() => navigate('/utenti')} /></div>
		<//>`;
	}
	return html`<${Page} title=${t('users.new')} up=${{ href: '/utenti', text: t('users.title') }} narrow>
		<form class="panel" onSubmit=${submit}>
			<div class="field-grid">
				<${TextField} ...${field('family_name')} required autocomplete="off" />
				<${TextField} ...${field('given_name')} required autocomplete="off" />
				<${TextField} ...${field('codice_fiscale')} help=${t('users.codice_fiscale_help')} optional maxlength="16" autocapitalize="characters" spellcheck="false" />
				<${TextField} ...${field('email')} type="email" optional autocomplete="off" />
				<${TextField} ...${field('login')} help=${t('users.login_help')} required autocapitalize="none" spellcheck="false" autocomplete="off" />
				<${SelectField} ...${field('company')} empty=${t('users.no_company')} options=${asOptions(companies.data ?? [])} />
				<${SelectField} ...${field('contract')} empty=${t('users.unset')} options=${contracts.map((code) => [code, t(`contract.${code}`)])} />
				<${SelectField} ...${field('target_group')} empty=${t('users.unset')} options=${groups.map((code) => [code, t(`group.${code}`)])} />
				<${ProfessionsField} id="professions" value=${form.professions} error=${errors.of('professions')} onChange=${(/** @type {any} */ professions) => setForm({ ...form, professions })} />
			</div>
			<${RoleChecks} roles=${roles} onRoles=${setRoles} />
			<${ErrorBox} error=${errors.rest} title=${t('users.not_created')} />
			<button type="submit" class="btn btn-primary" disabled=${create.busy}>${t('users.create')}</button>
		</form>
	<//>`;
}
