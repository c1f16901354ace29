// All certificates of an event: started here, watched, downloaded.

import { useEffect } from 'preact/hooks';
import { api } from '../../api.js';
import { number } from '../../format.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { useAction } from '../../ui/busy.js';
import { Icon } from '../../ui/icon.js';
import { Load, useLoad } from '../../ui/load.js';
import { Meter } from '../../ui/meter.js';
import { ErrorBox } from '../../ui/problems.js';
import { ApiError } from '../../api.js';

/** @param {{batch: any}} props */
function Batch({ batch }) {
	if (batch.state === 'running') {
		const whole = batch.total > 0 && batch.done + batch.refused >= batch.total;
		return html`<div role="status">
			<${Meter} share=${batch.total ? batch.done / batch.total : 0} label=${t('batch.progress_label')} />
			<p class="muted">${whole ? t('batch.packing') : t('batch.progress', { done: number(batch.done), total: number(batch.total) })}</p>
		</div>`;
	}
	if (batch.state === 'failed') {
		return html`<${ErrorBox} error=${new ApiError(500, [batch.problem])} title=${t('batch.state_failed')} />`;
	}
	return html`<p><span class=${`tag ${batch.state === 'done' ? 'tag-good' : ''}`}>${t(`batch.state_${batch.state}`)}</span>
		${' '}${t('batch.progress', { done: number(batch.done), total: number(batch.total) })}</p>
		${batch.refused > 0 && html`<p>${t('batch.refused', { n: number(batch.refused) })}</p>`}`;
}

/** @param {{event: any}} props */
export function EventCertificates({ event }) {
	const state = useLoad(() => api.get(`/ecm/events/${event.id}/certificates`), [event.id]);
	const running = state.data?.batch?.state === 'running';
	useEffect(() => {
		const timer = running ? setInterval(state.reload, 1000) : undefined;
		return () => clearInterval(timer);
	}, [running, state.reload]);
	const start = useAction(async () => state.set(await api.post(`/ecm/events/${event.id}/certificates`)));
	const cancel = useAction(async () => state.set(await api.delete(`/ecm/events/${event.id}/certificates`)));
	return html`<section class="panel mt-4" aria-labelledby="certificates">
		<h2 class="h5" id="certificates">${t('batch.title')}</h2>
		<p>${t('batch.text')}</p>
		<${Load} of=${state}>${(/** @type {any} */ data) => html`
			<p>${t('batch.issued')}: <strong>${number(data.issued)}</strong></p>
			${data.batch && html`<${Batch} batch=${data.batch} />`}
			<${ErrorBox} error=${start.error ?? cancel.error} />
			<div class="actions">
				${running
					? html`<button type="button" class="btn btn-outline-primary" disabled=${cancel.busy} onClick=${cancel.run}>${t('batch.cancel')}</button>`
					: html`<button type="button" class="btn btn-outline-primary" disabled=${start.busy} onClick=${start.run}>${t('batch.start')}</button>`}
				${data.batch?.state === 'done' && html`<a class="btn btn-primary" href=${`/api/ecm/events/${event.id}/certificates/zip`} download>
					<${Icon} name="download" size="sm" color="white" /> ${t('batch.download')}</a>`}
			</div>`}<//>
	</section>`;
}
