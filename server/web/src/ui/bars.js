// Bars that compare parts of wholes: an SVG for the eye, and the same numbers as a table for everybody.

import { html } from '../html.js';
import { number, percentOf } from '../format.js';
import { t } from '../i18n.js';
import { Table } from './table.js';

/**
 * @typedef {object} Series
 * @property {string} field of a row
 * @property {string} name
 * @property {string} color
 */

const HEIGHT = 10;
const GAP = 4;

/** One group of bars, one bar a series, as wide as its share of the whole. @param {{row: any, whole: string, series: Series[]}} props */
function Group({ row, whole, series }) {
	const total = Math.max(row[whole], 1);
	const height = series.length * (HEIGHT + GAP) - GAP;
	return html`<svg class="bars" viewBox=${`0 0 100 ${height}`} preserveAspectRatio="none" height=${height} aria-hidden="true" focusable="false">
		${series.map((one, i) => html`<g key=${one.field}>
			<rect x="0" y=${i * (HEIGHT + GAP)} width="100" height=${HEIGHT} fill="#e8eef4" />
			<rect x="0" y=${i * (HEIGHT + GAP)} width=${Math.min(100, (row[one.field] / total) * 100)} height=${HEIGHT} fill=${one.color} />
		</g>`)}
	</svg>`;
}

/**
 * A table whose rows also carry bars.
 * @param {{caption: string, first: string, nameOf: (row: any) => any, rows: any[], whole: string, wholeName?: string, series: Series[]}} props whole: field that a bar's full width stands for
 */
export function BarTable({ caption, first, nameOf, rows, whole, wholeName, series }) {
	const columns = [
		{ name: first, head: true, cell: nameOf },
		...(wholeName ? [{ name: wholeName, num: true, cell: (/** @type {any} */ row) => number(row[whole]) }] : []),
		...series.map((one) => ({
			name: one.name,
			num: true,
			cell: (/** @type {any} */ row) => html`${number(row[one.field])}${row[whole] > 0 && html` <span class="muted">(${percentOf(row[one.field], row[whole])})</span>`}`,
		})),
		{ name: t('bars.chart'), cell: (/** @type {any} */ row) => html`<${Group} row=${row} whole=${whole} series=${series} />` },
	];
	return html`<${Table} caption=${caption} columns=${columns} rows=${rows} keyOf=${(/** @type {any} */ row) => rows.indexOf(row)} empty=${t('bars.empty')} />`;
}

/** What the colours mean. @param {{series: Series[]}} props */
export function Legend({ series }) {
	return html`<ul class="legend" aria-hidden="true">${series.map((one) => html`<li key=${one.field}>
		<svg width="14" height="14"><rect width="14" height="14" rx="2" fill=${one.color} /></svg> ${one.name}
	</li>`)}</ul>`;
}
