// One campaign: before it starts, whom it would reach and why; afterwards, who was written to and with what outcome.

import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api.js';
import { dateTime, number } from '../../format.js';
import { html } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { navigate } from '../../router.js';
import { useAction } from '../../ui/busy.js';
import { SelectField } from '../../ui/field.js';
import { useFilters } from '../../ui/filters.js';
import { Load, useLoad } from '../../ui/load.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';
import { Pager, Table } from '../../ui/table.js';
import { CampaignForm, loadChoices } from './campaign-form.js';
import { RelayNote, StateTag } from './campaigns.js';

const outcomes = ['queued', 'sending', 'sent', 'failed', 'bounced', 'uncertain', 'skipped', 'cancelled'];

/** @param {{audience: any, service: boolean}} props */
function Audience({ audience, service }) {
	const columns = [
		{ name: t('people.name'), head: true, cell: (/** @type {any} */ row) => html`<a href=${`/persone/${row.person}`}>${row.family_name} ${row.given_name}</a>` },
		{ name: t('campaign.address'), cell: (/** @type {any} */ row) => html`<span class="text-break">${row.address}</span>` },
		{ name: t('campaign.reason'), cell: (/** @type {any} */ row) => pick(row, 'reason') },
	];
	return html`<section class="panel mb-4" aria-labelledby="audience">
		<h2 class="h4" id="audience">${t('campaign.audience', { n: number(audience.people) })}</h2>
		<p>${t('campaign.left_out', { no_address: number(audience.no_address), opted_out: number(audience.opted_out) })} ${t(service ? 'mail.service_text' : 'mail.reminder_text')}</p>
		<${Table} caption=${t('campaign.sample')} showCaption columns=${columns} rows=${audience.sample} keyOf=${(/** @type {any} */ row) => row.person} empty=${t('campaign.nobody')} />
		${audience.letter && html`<h3 class="h5 mt-4" id="letter">${t('campaign.letter')}</h3>
			<p><strong>${audience.letter.subject}</strong></p>
			<pre class="letter" tabindex="0" role="group" aria-labelledby="letter">${audience.letter.body}</pre>`}
	</section>`;
}

/** @param {{id: string, counts: any}} props */
function Messages({ id, counts }) {
	const filters = useFilters(['state', 'page']);
	const list = useLoad(() => api.get(`/campaigns/${id}/messages${filters.query}`), [filters.query, JSON.stringify(counts)]);
	const columns = [
		{ name: t('people.name'), head: true, cell: (/** @type {any} */ row) => html`<a href=${`/persone/${row.person}`}>${row.family_name} ${row.given_name}</a><span class="sub text-break">${row.address}</span>` },
		{ name: t('campaign.round'), num: true, cell: (/** @type {any} */ row) => row.round },
		{ name: t('campaign.outcome'), cell: (/** @type {any} */ row) => html`<span class=${`tag ${row.state === 'sent' ? 'tag-good' : row.state === 'sending' ? 'tag-busy' : ''}`}>${t(`message.${row.state}`)}</span>` },
		{ name: t('campaign.changed'), cell: (/** @type {any} */ row) => dateTime(row.changed_at) },
		{ name: t('campaign.reply'), cell: (/** @type {any} */ row) => html`<span class="text-break">${row.reply || '—'}</span>` },
	];
	return html`<section aria-labelledby="messages"><h2 class="h4" id="messages">${t('campaign.messages')}</h2>
		<${SelectField} id="state" label=${t('campaign.outcome')} empty=${t('people.all')} value=${filters.values.state}
			onInput=${(/** @type {string} */ state) => filters.set({ state })} options=${outcomes.map((state) => [state, `${t(`message.${state}`)} (${number(counts[state])})`])} />
		<${Load} of=${list}>${(/** @type {any} */ data) => html`
			<${Table} caption=${t('campaign.messages')} columns=${columns} rows=${data.messages} keyOf=${(/** @type {any} */ row) => row.id} empty=${t('campaign.no_messages')} />
			<${Pager} page=${data.page} pages=${data.pages} total=${data.total} onPage=${(/** @type {number} */ page) => filters.set({ page })} />`}<//>
	</section>`;
}

/** The moves that a state allows. @param {{campaign: any, onMoved: (campaign: any) => void}} props */
function Moves({ campaign, onMoved }) {
	const move = useAction(async (/** @type {string} */ name) => {
		if (name === 'delete') {
			await api.delete(`/campaigns/${campaign.id}`);
			navigate('/campagne');
		} else {
			onMoved(await api.post(`/campaigns/${campaign.id}/${name}`));
		}
	});
	/** @type {Record<string, string[]>} */
	const moves = { draft: ['start', 'delete'], active: ['pause', 'cancel'], paused: ['resume', 'cancel'] };
	const names = [...moves[campaign.state] ?? [], ...(campaign.counts.uncertain > 0 && campaign.state !== 'cancelled' ? ['again'] : [])];
	return html`<${ErrorBox} error=${move.error} />
		${names.includes('again') && html`<p>${t('campaign.again_text', { n: number(campaign.counts.uncertain) })}</p>`}
		<div class="mb-4">${names.map((name, i) => html`<button key=${name} type="button" class=${`btn me-2 mb-2 ${i === 0 ? 'btn-primary' : 'btn-outline-primary'}`} disabled=${move.busy}
			onClick=${() => move.run(name)}>${t(`campaign.move_${name}`)}</button>`)}</div>`;
}

/** @param {{campaign: any, set: (campaign: any) => void}} props */
function Draft({ campaign, set }) {
	const choices = useLoad(loadChoices);
	return html`<${Audience} audience=${campaign.audience} service=${campaign.service} />
		<${Moves} campaign=${campaign} onMoved=${set} />
		<h2 class="h4">${t('campaign.change')}</h2>
		<${Load} of=${choices}>${(/** @type {any} */ data) => html`<${CampaignForm} campaign=${campaign} choices=${data} onSaved=${set} />`}<//>`;
}

/** @param {{campaign: any, set: (campaign: any) => void}} props */
function Started({ campaign, set }) {
	return html`<dl class="facts">
			<div><dt>${t('campaign.state')}</dt><dd><${StateTag} campaign=${campaign} /></dd></div>
			<div><dt>${t('campaign.started')}</dt><dd>${dateTime(campaign.started_at)}</dd></div>
			<div><dt>${t('campaign.rounds')}</dt><dd>${t('campaign.rounds_of', { n: campaign.rounds, max: campaign.repeat_days ? campaign.rounds_max : 1 })}</dd></div>
			${campaign.next_round_at && html`<div><dt>${t('campaign.next')}</dt><dd>${dateTime(campaign.next_round_at)}</dd></div>`}
			${outcomes.filter((state) => campaign.counts[state] > 0).map((state) => html`<div key=${state}><dt>${t(`message.${state}`)}</dt><dd>${number(campaign.counts[state])}</dd></div>`)}
		</dl>
		<${Moves} campaign=${campaign} onMoved=${set} />
		<${Messages} id=${campaign.id} counts=${campaign.counts} />`;
}

/** @param {{id: string}} props */
export function CampaignPage({ id }) {
	const campaign = useLoad(() => api.get(`/campaigns/${id}`), [id]);
	const [busy, setBusy] = useState(false);
	const active = campaign.data?.state === 'active' && campaign.data.counts.queued + campaign.data.counts.sending > 0;
	useEffect(() => {
		setBusy(active);
		const timer = active ? setInterval(async () => campaign.set(await api.get(`/campaigns/${id}`)), 3000) : undefined;
		return () => clearInterval(timer);
	}, [active, id]);
	return html`<${Page} title=${campaign.data?.name ?? t('campaign.one')} lead=${campaign.data && t(`mail.fits_${campaign.data.kind}`)} up=${{ href: '/campagne', text: t('campaigns.title') }}>
		<${Load} of=${campaign}>${(/** @type {any} */ data) => html`<div aria-busy=${String(busy)}><${RelayNote} relay=${data.relay} />
			<${data.state === 'draft' ? Draft : Started} key=${data.state} campaign=${data} set=${campaign.set} /></div>`}<//>
	<//>`;
}
