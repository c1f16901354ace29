// Campaigns: messages by e-mail to groups of people, and the templates of their words.

import { api } from '../../api.js';
import { dateTime, number } from '../../format.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { Load, useLoad } from '../../ui/load.js';
import { Page } from '../../ui/page.js';
import { Table } from '../../ui/table.js';

/** @type {Record<string, string>} */
const tags = { draft: '', active: 'tag-busy', paused: '', done: 'tag-good', cancelled: '' };

/** A campaign that has yet to begin is "scheduled" to who reads. @param {any} campaign */
export function StateTag({ campaign }) {
	const waits = campaign.state === 'active' && campaign.rounds === 0;
	return html`<span class=${`tag ${tags[campaign.state]}`}>${t(`campaign.state_${waits ? 'scheduled' : campaign.state}`)}</span>`;
}

/** What keeps every message from going out. @param {{relay: any}} props */
export function RelayNote({ relay }) {
	if (relay.set && !relay.fault) {
		return null;
	}
	return html`<div class="alert alert-warning" role="status">
		<p class="mb-0">${t(!relay.set ? 'campaigns.relay_unset' : relay.stopped ? 'campaigns.relay_stopped' : 'campaigns.relay_fault')}
			${relay.set && html` <span class="text-break">«${relay.fault}»</span>`}</p>
	</div>`;
}

/** @param {{campaigns: any[]}} props */
function List({ campaigns }) {
	const columns = [
		{ name: t('campaign.name'), head: true, cell: (/** @type {any} */ row) => html`<a href=${`/campagne/${row.id}`}>${row.name}</a><span class="sub">${t(`mail.kind_${row.kind}`)}</span>` },
		{ name: t('campaign.state'), cell: (/** @type {any} */ row) => html`<${StateTag} campaign=${row} />` },
		{ name: t('campaign.queued'), num: true, cell: (/** @type {any} */ row) => number(row.counts.queued + row.counts.sending) },
		{ name: t('campaign.sent'), num: true, cell: (/** @type {any} */ row) => number(row.counts.sent) },
		{ name: t('campaign.troubled'), num: true, cell: (/** @type {any} */ row) => number(row.counts.failed + row.counts.bounced + row.counts.uncertain) },
		{ name: t('campaign.next'), cell: (/** @type {any} */ row) => (row.next_round_at ? dateTime(row.next_round_at) : '—') },
	];
	return html`<${Table} caption=${t('campaigns.title')} columns=${columns} rows=${campaigns} keyOf=${(/** @type {any} */ row) => row.id} empty=${t('campaigns.empty')} />`;
}

/** @param {{templates: any[]}} props */
function Templates({ templates }) {
	const columns = [
		{ name: t('mail.template'), head: true, cell: (/** @type {any} */ row) => html`<a href=${`/campagne/modelli/${row.id}`}>${row.name}</a>` },
		{ name: t('mail.kind'), cell: (/** @type {any} */ row) => t(`mail.kind_${row.kind}`) },
		{ name: t('mail.service'), cell: (/** @type {any} */ row) => t(row.service ? 'mail.service_yes' : 'mail.service_no') },
	];
	return html`<section aria-labelledby="templates"><h2 class="h4 mt-5" id="templates">${t('mail.templates')}</h2>
		<${Table} caption=${t('mail.templates')} columns=${columns} rows=${templates} keyOf=${(/** @type {any} */ row) => row.id} empty="" />
		<a class="btn btn-outline-primary mt-3" href="/campagne/modelli/nuovo">${t('mail.template_new')}</a>
	</section>`;
}

export function CampaignsPage() {
	const list = useLoad(() => api.get('/campaigns'));
	const words = useLoad(() => api.get('/mail/templates'));
	return html`<${Page} title=${t('campaigns.title')} lead=${t('campaigns.lead')} actions=${html`<a class="btn btn-primary" href="/campagne/nuova">${t('campaign.new')}</a>`}>
		<${Load} of=${list}>${(/** @type {any} */ data) => html`<${RelayNote} relay=${data.relay} /><${List} campaigns=${data.campaigns} />`}<//>
		<${Load} of=${words}>${(/** @type {any} */ data) => html`<${Templates} templates=${data.templates} />`}<//>
	<//>`;
}
