// ECM events: what the accrediting body granted.

import { api } from '../../api.js';
import { number, shortDate } from '../../format.js';
import { html } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { Findings } from '../../ui/findings.js';
import { Load, useLoad } from '../../ui/load.js';
import { Page } from '../../ui/page.js';
import { Table } from '../../ui/table.js';
import { ofPath } from './event-fields.js';
import { PressingReports, ReportTag } from './report-state.js';

/** Whose path an event certifies. @param {string[]} ids @param {any[]} levels */
const levelsInWords = (ids, levels) => (ids.length === 0 ? t('events.all_levels') : levels.filter((level) => ids.includes(level.id)).map((level) => pick(level, 'name')).join(', '));

/** What is not as it should be: of an event, how much. @param {{event: any}} props */
function State({ event }) {
	const { length } = event.computed.warnings.filter((/** @type {any} */ one) => one.severity === 'warning');
	return html`${event.cod_org ? html`<span class="tag tag-good">${t('events.ready')}</span>` : html`<span class="tag tag-warn">${t('events.no_provider')}</span>`}
		${length > 0 && html` <a class="tag tag-warn" href=${`/eventi/${event.id}`}>${t('findings.warning', { n: length })}</a>`}`;
}

/** @param {{events: any[], levels: any[]}} props */
function Events({ events, levels }) {
	const columns = [
		{ name: t('events.name'), head: true, cell: (/** @type {any} */ event) => html`<a href=${`/eventi/${event.id}`}>${event.title}</a><span class="sub">${t('events.code', { code: event.cod_evento, edition: event.cod_edi })}</span>` },
		{ name: t('people.level'), cell: (/** @type {any} */ event) => (ofPath(event.tipo_form) ? levelsInWords(event.levels, levels) : '—') },
		{ name: t('events.period'), cell: (/** @type {any} */ event) => html`<span class="text-nowrap">${shortDate(event.data_ini)} – ${shortDate(event.data_fine)}</span>` },
		{ name: t('events.credits'), num: true, cell: (/** @type {any} */ event) => number(Number(event.crediti), { minimumFractionDigits: 1 }) },
		{ name: t('events.report'), cell: (/** @type {any} */ event) => html`<${ReportTag} report=${event.report} />` },
		{ name: t('people.state'), cell: (/** @type {any} */ event) => html`<${State} event=${event} />` },
	];
	return html`<${Table} caption=${t('events.title')} columns=${columns} rows=${events} keyOf=${(/** @type {any} */ event) => event.id} empty=${t('events.empty')} />`;
}

export function EventsPage() {
	const both = useLoad(async () => ({ ...(await api.get('/ecm/events')), levels: (await api.get('/path')).levels }));
	return html`<${Page} title=${t('events.title')} lead=${t('events.lead')} actions=${html`<a class="btn btn-primary" href="/eventi/nuovo">${t('events.new')}</a>`}>
		<${Load} of=${both}>${(/** @type {any} */ data) => html`<${PressingReports} events=${data.events} />
			${data.warnings.length > 0 && html`<${Findings} problems=${data.warnings} level=${2} />`}
			<${Events} events=${data.events} levels=${data.levels} />`}<//>
	<//>`;
}
