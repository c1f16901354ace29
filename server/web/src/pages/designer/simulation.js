// What simulated people showed: numbers first, then plots that are tables as well.

import { decimal, number, percentFine as percent } from '../../format.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { BarTable } from '../../ui/bars.js';
import { Table } from '../../ui/table.js';

const COLOR = '#0066cc';

/** Items by how many people see them, in steps of 5 %. @param {any[]} items */
function exposureBins(items) {
	const bins = new Map();
	for (const { exposure } of items) {
		const bin = Math.ceil(exposure * 20 - 1e-9) * 5;
		bins.set(bin, (bins.get(bin) ?? 0) + 1);
	}
	return [...bins].sort(([a], [b]) => a - b).map(([upTo, count]) => ({ upTo, count, all: items.length }));
}

/** Accuracy along theta, as a line. @param {{bands: any[]}} props */
function Line({ bands }) {
	const points = bands.map((band, i) => `${10 + i * (280 / (bands.length - 1))},${110 - band.accuracy * 100}`).join(' ');
	return html`<svg viewBox="0 0 300 120" class="w-100" style=${{ maxWidth: '40rem' }} aria-hidden="true" focusable="false">
		<line x1="10" y1="110" x2="290" y2="110" stroke="#5c6f82" />
		<line x1="10" y1="10" x2="290" y2="10" stroke="#d9dadb" />
		<polyline points=${points} fill="none" stroke=${COLOR} stroke-width="2" />
	</svg>`;
}

/** @param {{result: any, cap: number}} props */
export function Simulation({ result, cap }) {
	const figures = [
		['accuracy', percent(result.accuracy)], ['kappa', decimal(result.kappa)], ['told', percent(result.probability)],
		['two_levels', percent(result.two_levels)], ['length', decimal(result.length)],
		['exposure_max', `${percent(result.exposure_max)}${result.exposure_max > cap + 0.005 ? ` (${t('simulation.over')})` : ''}`],
		['unused', number(result.unused)],
	];
	const levels = result.confusion.map((/** @type {any} */ row, /** @type {number} */ i) => ({ i, row }));
	return html`<section aria-labelledby="simulated" class="mb-4">
		<h2 id="simulated">${t('simulation.title', { persons: number(result.persons) })}</h2>
		<dl class="facts">${figures.map(([key, text]) => html`<div key=${key}><dt>${t(`simulation.${key}`)}</dt><dd>${text}</dd></div>`)}</dl>
		<h3 class="h5 mt-4">${t('simulation.confusion')}</h3>
		<${Table} caption=${t('simulation.confusion')} rows=${levels} keyOf=${(/** @type {any} */ row) => row.i} empty="" columns=${[
			{ name: t('simulation.true_level'), head: true, cell: (/** @type {any} */ row) => row.i + 1 },
			...levels.map((/** @type {any} */ _, /** @type {number} */ k) => ({ name: t('simulation.given_level', { n: k + 1 }), num: true, cell: (/** @type {any} */ row) => number(row.row[k]) })),
		]} />
		<h3 class="h5 mt-4">${t('simulation.lengths')}</h3>
		<${BarTable} caption=${t('simulation.lengths')} first=${t('simulation.items')} nameOf=${(/** @type {any} */ row) => row.items}
			rows=${result.lengths.map((/** @type {any} */ row) => ({ ...row, all: result.persons }))} whole="all" series=${[{ field: 'persons', name: t('simulation.persons'), color: COLOR }]} />
		<h3 class="h5 mt-4">${t('simulation.exposure')}</h3>
		<${BarTable} caption=${t('simulation.exposure')} first=${t('simulation.seen_by')} nameOf=${(/** @type {any} */ row) => (row.upTo ? t('simulation.up_to', { share: percent(row.upTo / 100) }) : t('simulation.nobody'))}
			rows=${exposureBins(result.items)} whole="all" series=${[{ field: 'count', name: t('simulation.items'), color: COLOR }]} />
		<h3 class="h5 mt-4">${t('simulation.by_theta')}</h3>
		<${Line} bands=${result.bands} />
		<${Table} caption=${t('simulation.by_theta')} rows=${result.bands} keyOf=${(/** @type {any} */ band) => band.theta} empty="" columns=${[
			{ name: 'θ', head: true, cell: (/** @type {any} */ band) => decimal(band.theta) },
			{ name: t('simulation.persons'), num: true, cell: (/** @type {any} */ band) => number(band.persons) },
			{ name: t('simulation.accuracy'), num: true, cell: (/** @type {any} */ band) => percent(band.accuracy) },
			{ name: t('simulation.length'), num: true, cell: (/** @type {any} */ band) => decimal(band.length) },
			{ name: t('simulation.rmse'), num: true, cell: (/** @type {any} */ band) => decimal(band.rmse) },
		]} />
		<h3 class="h5 mt-4">${t('simulation.areas')}</h3>
		<${Table} caption=${t('simulation.areas')} rows=${result.areas} keyOf=${(/** @type {any} */ area) => area.id} empty="" columns=${[
			{ name: t('simulation.area'), head: true, cell: (/** @type {any} */ area) => area.id || '–' },
			{ name: t('simulation.share'), num: true, cell: (/** @type {any} */ area) => percent(area.share) },
		]} />
	</section>`;
}
