// Standard-setting sessions: the panels, and a new one.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { date } from '../../format.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { navigate } from '../../router.js';
import { useAction } from '../../ui/busy.js';
import { SelectField, TextArea, TextField } from '../../ui/field.js';
import { Load, useLoad } from '../../ui/load.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';
import { Table } from '../../ui/table.js';

/** @param {any[]} banks @returns {[number, string][]} */
export function bankOptions(banks) {
	return banks.map((bank) => [bank.id, `${bank.name}, ${bank.version} (${bank.items})`]);
}

/** @param {{banks: any[]}} props */
function NewSession({ banks }) {
	const [form, set] = useState({ name: '', method: 'angoff', bank: banks[0]?.id ?? '', panel: '', rp: '0.667' });
	const change = (/** @type {string} */ name) => (/** @type {string} */ value) => set({ ...form, [name]: value });
	const create = useAction(async () => {
		const made = await api.post('/standards', { ...form, bank: Number(form.bank), rp: Number(String(form.rp).replace(',', '.')) });
		navigate(`/soglie/${made.id}`);
	});
	const submit = (/** @type {Event} */ event) => {
		event.preventDefault();
		create.run();
	};
	return html`<form onSubmit=${submit} noValidate>
		<${TextField} id="name" label=${t('standard.name')} value=${form.name} onInput=${change('name')} />
		<${SelectField} id="method" label=${t('standard.method')} value=${form.method} options=${[['angoff', t('standard.angoff')], ['bookmark', t('standard.bookmark')]]} onInput=${change('method')} />
		<${SelectField} id="bank" label=${t('standard.bank')} value=${form.bank} options=${bankOptions(banks)} onInput=${change('bank')} />
		${form.method === 'bookmark' && html`<${TextField} id="rp" label=${t('standard.rp')} value=${form.rp} onInput=${change('rp')} />`}
		<${TextArea} id="panel" label=${t('standard.panel')} help=${t('standard.panel_help')} value=${form.panel} onInput=${change('panel')} />
		<${ErrorBox} error=${create.error} />
		<p class="actions"><button type="submit" class="btn btn-primary" disabled=${create.busy}>${t('standard.create')}</button></p>
	</form>`;
}

export function StandardsPage() {
	const all = useLoad(async () => ({ ...await api.get('/standards'), ...await api.get('/banks') }));
	const columns = [
		{ name: t('standard.name'), head: true, cell: (/** @type {any} */ row) => html`<a href=${`/soglie/${row.id}`}>${row.name}</a>` },
		{ name: t('standard.method'), cell: (/** @type {any} */ row) => t(`standard.${row.method}`) },
		{ name: t('standard.held'), cell: (/** @type {any} */ row) => date(row.created_at) },
		{ name: t('standard.adopted'), cell: (/** @type {any} */ row) => (row.adopted_at ? date(row.adopted_at) : '—') },
	];
	return html`<${Page} title=${t('standard.title')} lead=${t('standard.lead')} up=${{ href: '/livelli', text: t('nav.policy') }}>
		<${Load} of=${all}>${(/** @type {any} */ data) => html`
			<${Table} caption=${t('standard.title')} columns=${columns} rows=${data.sessions} keyOf=${(/** @type {any} */ row) => row.id} empty=${t('standard.empty')} />
			<h2 class="mt-5">${t('standard.new')}</h2>
			<${NewSession} banks=${data.banks} />`}<//>
	<//>`;
}
