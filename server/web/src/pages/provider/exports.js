// The reports made so far, with the fingerprint that tells one from another.

import { api } from '../../api.js';
import { bytes, dateTime, number } from '../../format.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { Icon } from '../../ui/icon.js';
import { Load, useLoad } from '../../ui/load.js';
import { Page } from '../../ui/page.js';

/** One report: file, rows, fingerprint, download. @param {{row: any}} props */
export function ExportRow({ row }) {
	const facts = [t('exports.rows', { n: number(row.rows) }), row.bytes && bytes(row.bytes), dateTime(row.created_at), row.by].filter(Boolean).join(' · ');
	return html`<div class="export">
		<div>
			<p class="mb-0"><strong class="text-break">${row.file_name}</strong>${row.title && html`<span class="sub">${row.title}</span>`}</p>
			<p class="mb-0 muted">${facts}</p>
			<p class="mb-0 muted">SHA-256 <span class="code">${row.sha256}</span></p>
		</div>
		<a class="btn btn-outline-primary" href=${`/api/ecm/exports/${row.id}/report.xml`} download=${row.file_name} aria-label=${t('exports.download_of', { name: row.file_name })}>
			<${Icon} name="download" size="sm" color="primary" /> ${t('exports.download')}
		</a>
	</div>`;
}

export function ExportsPage() {
	const list = useLoad(() => api.get('/ecm/exports'));
	return html`<${Page} title=${t('exports.title')} lead=${t('exports.lead')}>
		<${Load} of=${list}>${(/** @type {any} */ data) => (data.exports.length === 0
			? html`<div class="empty"><p>${t('exports.empty')}</p></div>`
			: html`<ul class="list-unstyled">${data.exports.map((/** @type {any} */ row) => html`<li key=${row.id} class="panel mb-3"><${ExportRow} row=${row} /></li>`)}</ul>`)}<//>
	<//>`;
}
