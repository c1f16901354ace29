// One standard-setting session: its ratings by CSV, what each round comes to, the adoption.

import { api } from '../../api.js';
import { number, percent } from '../../format.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { useAction } from '../../ui/busy.js';
import { Load, useLoad } from '../../ui/load.js';
import { notify } from '../../ui/notices.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';
import { Table } from '../../ui/table.js';

const three = { maximumFractionDigits: 3, minimumFractionDigits: 3 };
/** @param {number | null | undefined} value */
const shown = (value) => (value === null || value === undefined ? '—' : number(value, three));

/** @param {{round: any, adopt: any}} props */
function Round({ round, adopt }) {
	const columns = [
		{ name: t('standard.level'), head: true, cell: (/** @type {any} */ row) => row.level },
		{ name: t('standard.cut'), num: true, cell: (/** @type {any} */ row) => (row.missing ? t('standard.missing', row.missing) : shown(row.cut)) },
		{ name: t('standard.se'), num: true, cell: (/** @type {any} */ row) => shown(row.se) },
		{ name: t('standard.share'), num: true, cell: (/** @type {any} */ row) => (row.share === undefined || row.share === null ? '—' : percent(row.share)) },
		{ name: t('standard.theta'), num: true, cell: (/** @type {any} */ row) => shown(row.theta) },
		{ name: t('standard.judges'), cell: (/** @type {any} */ row) => (row.judges ?? []).map((/** @type {any} */ each) => `${each.judge}: ${shown(each.cut)}`).join('; ') },
	];
	const title = t('standard.round', { n: round.round, judges: round.judges, items: round.items });
	return html`<section>
		<h3 class="h5">${title}</h3>
		<${Table} caption=${title} columns=${columns} rows=${round.cuts} keyOf=${(/** @type {any} */ row) => row.level} empty="" />
		${round.rudner && html`<p>${t('standard.quality', { accuracy: percent(round.rudner.accuracy), consistency: percent(round.rudner.consistency) })}</p>`}
		${round.monotone
			? html`<p class="actions"><button type="button" class="btn btn-primary" disabled=${adopt.busy} onClick=${() => adopt.run(round.round)}>${t('standard.adopt', { n: round.round })}</button></p>`
			: html`<p><span class="tag tag-warn">${t('standard.not_monotone')}</span></p>`}
	</section>`;
}

/** @param {{id: string}} props */
export function StandardPage({ id }) {
	const one = useLoad(() => api.get(`/standards/${id}`), [id]);
	const send = useAction(async (/** @type {File} */ file) => {
		one.set(await api.send(`/standards/${id}/ratings`, file, { headers: { 'Content-Type': 'text/csv' } }));
		notify(t('standard.read'));
	});
	const adopt = useAction(async (/** @type {number} */ round) => {
		one.set(await api.post(`/standards/${id}/adopt`, { round }));
		notify(t('standard.adopted_now'));
	});
	return html`<${Page} title=${one.data?.name ?? t('standard.title')} up=${{ href: '/soglie', text: t('standard.title') }}>
		<${Load} of=${one}>${(/** @type {any} */ data) => html`
			<p>${t(`standard.${data.method}`)}. ${data.panel}</p>
			<h2>${t('standard.ratings')}</h2>
			<p>${t('standard.csv_help')}</p>
			<p><code>giro;giudice;livello;quesito;valutazione</code></p>
			<label for="ratings">${t('standard.file')}</label>
			<input class="form-control" type="file" id="ratings" accept=".csv,text/csv" disabled=${send.busy} onChange=${(/** @type {any} */ event) => event.target.files[0] && send.run(event.target.files[0])} />
			<${ErrorBox} error=${send.error} title=${t('standard.refused')} />
			<h2 class="mt-5">${t('standard.rounds')}</h2>
			<${ErrorBox} error=${adopt.error} />
			${data.rounds.length === 0 ? html`<div class="empty"><p>${t('standard.no_rounds')}</p></div>` : data.rounds.map((/** @type {any} */ round) => html`<${Round} key=${round.round} round=${round} adopt=${adopt} />`)}`}<//>
	<//>`;
}
