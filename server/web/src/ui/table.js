// Tables. On a small screen each row becomes a card whose cells carry their column's name.

import { html, classes } from '../html.js';
import { t } from '../i18n.js';

/**
 * @template T
 * @typedef {object} Column
 * @property {string} name
 * @property {(row: T) => any} cell
 * @property {boolean} [num] numbers, to the right
 * @property {boolean} [head] the row's own heading
 * @property {boolean} [actions] buttons: no column name on cards
 */

/** @param {{caption: string, columns: Column<any>[], rows: any[], keyOf: (row: any) => any, empty: any, showCaption?: boolean}} props */
export function Table({ caption, columns, rows, keyOf, empty, showCaption }) {
	if (rows.length === 0) {
		return html`<div class="empty"><p>${empty}</p></div>`;
	}
	return html`<div class="table-scroll" role="group" aria-label=${caption} tabindex="0">
		<table class="data data-stack">
			<caption class=${showCaption ? '' : 'visually-hidden'}>${caption}</caption>
			<thead><tr>${columns.map((column) => html`<th key=${column.name} scope="col" class=${column.num ? 'num' : ''}>
				${column.actions ? html`<span class="visually-hidden">${column.name}</span>` : column.name}
			</th>`)}</tr></thead>
			<tbody>${rows.map((row) => html`<tr key=${keyOf(row)}>${columns.map((column) => (column.head
				? html`<th key=${column.name} scope="row">${column.cell(row)}</th>`
				: html`<td key=${column.name} class=${classes(column.num && 'num')} data-label=${column.actions ? undefined : column.name}>
					${column.actions ? html`<div class="row-actions">${column.cell(row)}</div>` : column.cell(row)}
				</td>`))}</tr>`)}</tbody>
		</table>
	</div>`;
}

/** Pages of a long list. @param {{page: number, pages: number, total: number, onPage: (page: number) => void}} props */
export function Pager({ page, pages, total, onPage }) {
	return html`<nav class="pager" aria-label=${t('pager.name')}>
		<span class="muted" role="status">${t('pager.total', { total })}${pages > 1 && ` · ${t('pager.page', { page, pages })}`}</span>
		${pages > 1 && html`<span>
			<button type="button" class="btn btn-outline-primary me-2" disabled=${page <= 1} onClick=${() => onPage(page - 1)}>${t('pager.previous')}</button>
			<button type="button" class="btn btn-outline-primary" disabled=${page >= pages} onClick=${() => onPage(page + 1)}>${t('pager.next')}</button>
		</span>`}
	</nav>`;
}
