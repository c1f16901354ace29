// ECM events: what the accrediting body granted.

import { api } from '../../api.js';
import { number, shortDate } from '../../format.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { Load, useLoad } from '../../ui/load.js';
import { Page } from '../../ui/page.js';
import { Table } from '../../ui/table.js';
import { levelName } from './people.js';
import { PressingReports, ReportTag } from './report-state.js';

/** @param {{events: any[], levels: any[]}} props */
function Events({ events, levels }) {
	const columns = [
		{ name: t('events.name'), head: true, cell: (/** @type {any} */ event) => html`<a href=${`/eventi/${event.id}`}>${event.title}</a><span class="sub">${t('events.code', { code: event.cod_evento, edition: event.cod_edi })}</span>` },
		{ name: t('people.level'), cell: (/** @type {any} */ event) => (event.level === null ? t('events.all_levels') : levelName(levels, event.level)) },
		{ name: t('events.period'), cell: (/** @type {any} */ event) => html`<span class="text-nowrap">${shortDate(event.data_ini)} – ${shortDate(event.data_fine)}</span>` },
		{ name: t('events.credits'), num: true, cell: (/** @type {any} */ event) => number(Number(event.crediti), { minimumFractionDigits: 1 }) },
		{ name: t('events.report'), cell: (/** @type {any} */ event) => html`<${ReportTag} report=${event.report} />` },
		{ name: t('people.state'), cell: (/** @type {any} */ event) => (event.cod_org ? html`<span class="tag tag-good">${t('events.ready')}</span>` : html`<span class="tag tag-warn">${t('events.no_provider')}</span>`) },
	];
	return html`<${Table} caption=${t('events.title')} columns=${columns} rows=${events} keyOf=${(/** @type {any} */ event) => event.id} empty=${t('events.empty')} />`;
}

export function EventsPage() {
	const both = useLoad(async () => ({ events: (await api.get('/ecm/events')).events, levels: (await api.get('/path')).levels }));
	return html`<${Page} title=${t('events.title')} lead=${t('events.lead')} actions=${html`<a class="btn btn-primary" href="/eventi/nuovo">${t('events.new')}</a>`}>
		<${Load} of=${both}>${(/** @type {any} */ data) => html`<${PressingReports} events=${data.events} /><${Events} ...${data} />`}<//>
	<//>`;
}
