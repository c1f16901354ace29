// The audit log: who did what, when.

import { api } from '../../api.js';
import { dateTime } from '../../format.js';
import { html } from '../../html.js';
import { knows, t } from '../../i18n.js';
import { useFilters } from '../../ui/filters.js';
import { Load, useLoad } from '../../ui/load.js';
import { Page } from '../../ui/page.js';
import { Pager, Table } from '../../ui/table.js';

/** The name of an act; its code when it has none yet. @param {string} act */
export function actName(act) {
	return knows(`act.${act}`) ? t(`act.${act}`) : act;
}

/** What is told about an act, in one line. @param {any} detail text or an object of plain values */
export function detailText(detail) {
	if (detail === null || detail === undefined || typeof detail === 'string') {
		return detail ?? '';
	}
	return Object.entries(detail).map(([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : value}`).join(', ');
}

/** @param {{acts: any[]}} props */
export function Acts({ acts }) {
	const columns = [
		{ name: t('audit.at'), cell: (/** @type {any} */ act) => html`<span class="text-nowrap">${dateTime(act.at)}</span>` },
		{ name: t('audit.by'), cell: (/** @type {any} */ act) => act.by || t('audit.system') },
		{ name: t('audit.act'), head: true, cell: (/** @type {any} */ act) => actName(act.act) },
		{ name: t('audit.subject'), cell: (/** @type {any} */ act) => act.subject },
		{ name: t('audit.detail'), cell: (/** @type {any} */ act) => html`<span class="text-break">${detailText(act.detail)}</span>` },
	];
	return html`<${Table} caption=${t('audit.title')} columns=${columns} rows=${acts} keyOf=${(/** @type {any} */ act) => act.id ?? acts.indexOf(act)} empty=${t('audit.empty')} />`;
}

export function AuditPage() {
	const filters = useFilters(['page']);
	const list = useLoad(() => api.get(`/audit${filters.query}`), [filters.query]);
	return html`<${Page} title=${t('audit.title')} lead=${t('audit.lead')}>
		<${Load} of=${list}>${(/** @type {any} */ data) => html`<${Acts} acts=${data.acts} />
			<${Pager} page=${data.page ?? 1} pages=${data.pages ?? 1} total=${data.total ?? data.acts.length} onPage=${(/** @type {number} */ page) => filters.set({ page })} />`}<//>
	<//>`;
}
