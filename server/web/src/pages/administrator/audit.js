// The audit log: who did what, when.

import { api } from '../../api.js';
import { dateTime } from '../../format.js';
import { html } from '../../html.js';
import { knows, t } from '../../i18n.js';
import { useFilters } from '../../ui/filters.js';
import { Load, useLoad } from '../../ui/load.js';
import { Page } from '../../ui/page.js';
import { Pager, Table } from '../../ui/table.js';

const LONG = 120;

/** The name of an act; its code when it has none yet. @param {string} act */
function actName(act) {
	return knows(`act.${act}`) ? t(`act.${act}`) : act;
}

/** What is told about an act: plain text, or the members of an object, one after the other. @param {any} detail text, JSON text or an object */
export function detailText(detail) {
	let value = detail ?? '';
	if (typeof value === 'string' && value.startsWith('{')) {
		try {
			value = JSON.parse(value);
		} catch {
			// Cut short: shown as it is.
		}
	}
	if (typeof value === 'string') {
		return value;
	}
	const plain = (/** @type {any} */ one) => (one === null || one === '' ? '—' : typeof one === 'object' ? JSON.stringify(one) : one);
	return Object.entries(value).map(([name, one]) => `${name}: ${plain(one)}`).join(' · ');
}

/** Long details fold. @param {{detail: any}} props */
function Detail({ detail }) {
	const text = detailText(detail);
	return text.length <= LONG
		? html`<span class="text-break">${text}</span>`
		: html`<details><summary>${t('audit.show')}</summary><span class="text-break">${text}</span></details>`;
}

/** @param {{acts: any[]}} props */
export function Acts({ acts }) {
	const columns = [
		{ name: t('audit.at'), cell: (/** @type {any} */ act) => html`<span class="text-nowrap">${dateTime(act.at)}</span>` },
		{ name: t('audit.by'), cell: (/** @type {any} */ act) => act.by || t('audit.system') },
		{ name: t('audit.act'), head: true, cell: (/** @type {any} */ act) => actName(act.act) },
		{ name: t('audit.subject'), cell: (/** @type {any} */ act) => act.subject },
		{ name: t('audit.detail'), cell: (/** @type {any} */ act) => html`<${Detail} detail=${act.detail} />` },
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
