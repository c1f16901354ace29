// Two reports side by side, or a file and the data base: who is only in one of them, whose fields differ.

import { api } from '../../api.js';
import { number } from '../../format.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { Findings } from '../../ui/findings.js';
import { Load, useLoad } from '../../ui/load.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';
import { useSending } from '../../ui/sending.js';
import { Table } from '../../ui/table.js';
import { Upload } from '../../ui/upload.js';

/** @param {{row: any}} props */
function Person({ row }) {
	const name = `${row.cognome} ${row.nome}`;
	return html`${row.person ? html`<a href=${`/persone/${row.person}`}>${name}</a>` : name}<span class="sub code">${row.cod_fisc}</span>`;
}

/** @param {{field: any}} props */
function Change({ field }) {
	return html`<li key=${field.field}><span class="code">${field.field}</span>: ${field.first || '—'} → <strong>${field.second || '—'}</strong></li>`;
}

/** @param {{title: string, list: any, withFields?: boolean}} props */
function Rows({ title, list, withFields }) {
	const columns = [
		{ name: t('people.name'), head: true, cell: (/** @type {any} */ row) => html`<${Person} row=${row} />` },
		{ name: t('differences.role'), cell: (/** @type {any} */ row) => t(`ruolo.${row.ruolo}`) },
		...(withFields ? [{ name: t('differences.fields'), cell: (/** @type {any} */ row) => html`<ul class="list-unstyled mb-0">${row.fields.map((/** @type {any} */ field) => html`<${Change} field=${field} />`)}</ul>` }] : []),
	];
	return list.count > 0 && html`<section><h2 class="h5">${title} (${number(list.count)})</h2>
		<${Table} caption=${title} columns=${columns} rows=${list.rows} keyOf=${(/** @type {any} */ row) => row.cod_fisc} empty="" />
		${list.count > list.rows.length && html`<p class="muted">${t('differences.more', { n: list.count - list.rows.length })}</p>`}</section>`;
}

/** @param {{data: any, first: string, second: string}} props names of the two */
function Differences({ data, first, second }) {
	const equal = data.event.length + data.only_first.count + data.only_second.count + data.different.count === 0;
	return html`<dl class="glance">
			${[['same', data.same], ['only_first', data.only_first.count], ['only_second', data.only_second.count], ['different', data.different.count]].map(([name, count]) => html`<div key=${name}><dt>${t(`differences.${name}`, { first, second })}</dt><dd><strong>${number(count)}</strong></dd></div>`)}
		</dl>
		${equal && html`<p class="alert alert-success mt-4" role="status">${t('differences.none')}</p>`}
		${data.event.length > 0 && html`<section><h2 class="h5">${t('differences.event')}</h2><ul>${data.event.map((/** @type {any} */ field) => html`<${Change} field=${field} />`)}</ul></section>`}
		<${Rows} title=${t('differences.only_first', { first, second })} list=${data.only_first} />
		<${Rows} title=${t('differences.only_second', { first, second })} list=${data.only_second} />
		<${Rows} title=${t('differences.different')} list=${data.different} withFields />`;
}

/** @param {{id: string}} props */
export function ExportDiffPage({ id }) {
	const data = useLoad(() => api.get(`/ecm/exports/${encodeURIComponent(id)}/diff`), [id]);
	return html`<${Page} title=${t('differences.title')} up=${{ href: '/esportazioni', text: t('exports.title') }}>
		<${Load} of=${data}>${(/** @type {any} */ found) => html`
			<p>${t('differences.between')}: <strong class="text-break">${found.first}</strong> → <strong class="text-break">${found.second}</strong>${found.reason && html`<br />${t('exports.reason_was', { reason: found.reason })}`}</p>
			<${Differences} data=${found} first=${t('differences.before')} second=${t('differences.after')} />`}<//>
	<//>`;
}

/** @param {{id: string}} props */
export function ComparePage({ id }) {
	const { progress, outcome, send } = useSending();
	return html`<${Page} title=${t('compare.title')} lead=${t('compare.lead')} up=${{ href: `/eventi/${id}`, text: t('event.title_page') }}>
		<${Upload} id="report" title=${t('compare.drop')} help=${t('compare.drop_help')} accept=".xml,.zip" button=${t('courses.choose')} progress=${progress}
			onFile=${(/** @type {File} */ file) => send(`/ecm/events/${id}/compare`, file)} />
		${outcome?.error && html`<div class="mt-4"><${ErrorBox} error=${outcome.error} title=${t('compare.refused', { name: outcome.name })} /></div>`}
		${outcome?.answer && html`<section class="mt-4" aria-labelledby="outcome">
			<h2 id="outcome" class="text-break">${outcome.name}</h2>
			<p role="status">${t('compare.rows', { n: outcome.answer.rows })}</p>
			<${Differences} data=${outcome.answer} first=${t('compare.file')} second=${t('compare.here')} />
			${outcome.answer.problems.length > 0 && html`<h2 class="h5">${t('compare.faults')}</h2><${Findings} problems=${outcome.answer.problems} />`}
		</section>`}
	<//>`;
}
