// One ECM event: what would be refused, the export, the data of the event.

import { api } from '../../api.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { navigate } from '../../router.js';
import { table } from '../../tables.js';
import { Load, useLoad } from '../../ui/load.js';
import { notify } from '../../ui/notices.js';
import { Page } from '../../ui/page.js';
import { EventCertificates } from './certificates.js';
import { emptyEvent } from './event-fields.js';
import { EventForm } from './event-form.js';
import { ExportCheck } from './export-check.js';
import { ReportNotice } from './report-state.js';

/** @param {string} id @returns {Promise<any>} */
async function loadEvent(id) {
	const { events } = await api.get('/ecm/events');
	return events.find((/** @type {any} */ event) => String(event.id) === id) ?? null;
}

/** Field training and residential events. @param {any} event */
const inClass = (event) => event.tipo_form === 2 || event.tipo_form === 3;

/** @param {{id: string}} props id: or "nuovo" */
export function EventPage({ id }) {
	const fresh = id === 'nuovo';
	const all = useLoad(async () => ({
		event: fresh ? emptyEvent : await loadEvent(id),
		levels: (await api.get('/path')).levels,
		objectives: await table('objectives'),
	}), [id]);
	const saved = (/** @type {any} */ event) => {
		notify(t('event.saved'));
		if (fresh) {
			navigate(event?.id ? `/eventi/${event.id}` : '/eventi');
		} else {
			all.reload();
		}
	};
	const title = fresh ? t('events.new') : all.data?.event?.title ?? t('event.title_page');
	return html`<${Page} title=${title} up=${{ href: '/eventi', text: t('events.title') }}>
		<${Load} of=${all}>${(/** @type {any} */ data) => (data.event === null
			? html`<div class="empty"><p>${t('event.none')}</p></div>`
			: html`
				${!fresh && inClass(data.event) && html`<p>${t('classes.open_text')}</p>
					<p class="actions"><a class="btn btn-primary" href=${`/eventi/${data.event.id}/classi`}>${t('classes.open_page')}</a></p>`}
				${!fresh && html`<${ReportNotice} report=${data.event.report} /><${ExportCheck} event=${data.event} onChange=${all.reload} /><${EventCertificates} event=${data.event} />
					<h2>${t('staff.title')}</h2><p>${t('staff.text')}</p>
					<p class="actions"><a class="btn btn-outline-primary" href=${`/eventi/${data.event.id}/docenti`}>${t('staff.open')}</a></p>
					<h2>${t('credits.checklist')}</h2><p>${t('eligible.open_text')}</p>
					<p class="actions"><a class="btn btn-outline-primary" href=${`/eventi/${data.event.id}/requisiti`}>${t('eligible.open')}</a></p>
					<h2>${t('exam.title')}</h2><p>${t('exam.text')}</p>
					<p class="actions"><a class="btn btn-outline-primary" href=${`/eventi/${data.event.id}/prova`}>${t('exam.open_final')}</a>
						<a class="btn btn-outline-primary" href=${`/eventi/${data.event.id}/qualita`}>${t('exam.open_quality')}</a></p>`}
				<h2>${t('event.data')}</h2>
				<${EventForm} key=${data.event.id} event=${data.event} levels=${data.levels} objectives=${data.objectives} onSaved=${saved} />`)}<//>
	<//>`;
}
