// Users: finding them, their roles, a new password.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { table } from '../../tables.js';
import { SelectField } from '../../ui/field.js';
import { useFilters } from '../../ui/filters.js';
import { Load, useLoad } from '../../ui/load.js';
import { Page } from '../../ui/page.js';
import { SearchForm } from '../../ui/search-form.js';
import { Pager, Table } from '../../ui/table.js';
import { EditUser } from './edit-user.js';
import { RetentionNotice } from './retention.js';

export const roles = /** @type {const} */ (['operator', 'designer', 'provider', 'coordinator', 'administrator']);

/** @param {{list: any, companies: any[], onEdit: (user: any) => void}} props */
function Users({ list, companies, onEdit }) {
	const columns = [
		{ name: t('users.name'), head: true, cell: (/** @type {any} */ user) => html`${user.family_name} ${user.given_name}${user.active === false && html` <span class="tag tag-warn">${t('users.inactive')}</span>`}<span class="sub">${user.login}</span>` },
		{ name: t('users.codice_fiscale'), cell: (/** @type {any} */ user) => html`<span class="code">${user.codice_fiscale}</span>` },
		{ name: t('users.company'), cell: (/** @type {any} */ user) => companies.find((company) => company.code === user.company)?.name ?? user.company },
		{ name: t('users.roles'), cell: (/** @type {any} */ user) => user.roles.map((/** @type {string} */ role) => html`<span key=${role} class="tag me-1">${t(`role.${role}`)}</span>`) },
		{ name: t('table.actions'), actions: true, cell: (/** @type {any} */ user) => html`<button type="button" class="btn btn-outline-primary js-edit" aria-label=${t('users.edit_of', { name: `${user.given_name} ${user.family_name}` })} onClick=${() => onEdit(user)}>${t('users.edit')}</button>` },
	];
	return html`<${Table} caption=${t('users.title')} columns=${columns} rows=${list.users} keyOf=${(/** @type {any} */ user) => user.id} empty=${t('users.none')} />`;
}

export function UsersPage() {
	const filters = useFilters(['search', 'role', 'page']);
	const list = useLoad(() => api.get(`/users${filters.query}`), [filters.query]);
	const companies = useLoad(() => table('companies'));
	const [editing, edit] = useState(/** @type {any} */ (null));
	const actions = html`<a class="btn btn-primary" href="/utenti/nuovo">${t('users.new')}</a>
		<a class="btn btn-outline-primary" href="/utenti/importa">${t('users.import')}</a>`;
	return html`<${Page} title=${t('users.title')} actions=${actions}>
		<${RetentionNotice} />
		<${SearchForm} value=${filters.values.search} label=${t('users.search')} onSearch=${(/** @type {string} */ search) => filters.set({ search })}>
			<${SelectField} id="role" label=${t('users.role')} value=${filters.values.role} onInput=${(/** @type {string} */ role) => filters.set({ role })}
				empty=${t('users.all_roles')} options=${roles.map((role) => [role, t(`role.${role}`)])} />
		<//>
		<${Load} of=${list}>${(/** @type {any} */ data) => html`<${Users} list=${data} companies=${companies.data ?? []} onEdit=${edit} />
			<${Pager} page=${data.page} pages=${data.pages} total=${data.total} onPage=${(/** @type {number} */ page) => filters.set({ page })} />`}<//>
		${editing && html`<${EditUser} user=${editing} onClose=${() => {
			edit(null);
			list.reload();
		}} />`}
	<//>`;
}
