// Where the programme stands: totals, targets, and the same by company, profession, level and module.

import { api } from '../../api.js';
import { number, percentOf } from '../../format.js';
import { html } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { asOptions, table } from '../../tables.js';
import { BarTable, Legend } from '../../ui/bars.js';
import { SelectField } from '../../ui/field.js';
import { useFilters } from '../../ui/filters.js';
import { Load, useLoad } from '../../ui/load.js';
import { Meter } from '../../ui/meter.js';
import { Page } from '../../ui/page.js';

const steps = () => [
	{ field: 'placed', name: t('progress.placed'), color: '#7fb2e5' },
	{ field: 'started', name: t('progress.started'), color: '#06c' },
	{ field: 'completed', name: t('progress.completed'), color: '#006b4a' },
];

/** @param {{totals: any}} props */
function Totals({ totals }) {
	return html`<dl class="glance">
		<div><dt>${t('progress.people')}</dt><dd><strong>${number(totals.people)}</strong></dd></div>
		${steps().map((step) => html`<div key=${step.field}>
			<dt>${step.name}</dt>
			<dd><strong>${number(totals[step.field])}</strong><span>${percentOf(totals[step.field], totals.people)}</span>
				<${Meter} share=${totals.people > 0 ? totals[step.field] / totals.people : 0} label=${step.name} good=${step.field === 'completed'} /></dd>
		</div>`)}
	</dl>`;
}

/** How far a target is reached: a share of people, or a number of them. @param {{target: number, reached: number}} target */
export function targetView({ target, reached }) {
	const share = target > 0 && target <= 1;
	return {
		done: target > 0 && reached >= target,
		share: target > 0 ? Math.min(1, reached / target) : 0,
		text: share ? [percentOf(reached, 1), percentOf(target, 1)] : [number(reached), number(target)],
	};
}

/** @param {{targets: any[]}} props */
function Targets({ targets }) {
	return html`<section aria-labelledby="targets">
		<h2 id="targets">${t('progress.targets')}</h2>
		<ul class="areas">${targets.map((target) => {
			const view = targetView(target);
			return html`<li key=${target.id}>
				<span class="area-name">${pick(target, 'name')}</span>
				<span class="area-score">${t('progress.reached', { reached: view.text[0], target: view.text[1] })}${view.done && html` <span class="tag tag-good">${t('progress.target_met')}</span>`}</span>
				<${Meter} share=${view.share} label=${pick(target, 'name')} good=${view.done} />
			</li>`;
		})}</ul>
	</section>`;
}

/** Rows of levels from the lowest to the highest; who has none yet comes first. @param {any[]} rows @param {any[]} levels */
export function byOrder(rows, levels) {
	const place = (/** @type {any} */ row) => levels.findIndex((level) => level.id === row.level);
	return [...rows].sort((a, b) => place(a) - place(b));
}

/** @param {{data: any, levels: any[]}} props */
function Progress({ data, levels }) {
	const tables = [
		{ id: 'company', rows: data.by_company, nameOf: (/** @type {any} */ row) => row.company_name ?? row.name ?? row.company ?? t('progress.no_company') },
		{ id: 'profession', rows: data.by_profession, nameOf: (/** @type {any} */ row) => row.profession_name ?? row.name ?? row.profession ?? t('progress.no_profession') },
		{ id: 'level', rows: byOrder(data.by_level, levels), nameOf: (/** @type {any} */ row) => pick(row, 'name') || row.level || t('progress.no_level') },
	];
	const modules = data.by_module.map((/** @type {any} */ row) => ({ ...row, people: data.totals.people }));
	return html`
		<${Totals} totals=${data.totals} />
		${data.targets.length > 0 && html`<${Targets} targets=${data.targets} />`}
		<${Legend} series=${steps()} />
		${tables.map((one) => {
			const series = steps().filter((step) => one.rows.some((/** @type {any} */ row) => row[step.field] !== undefined));
			return html`<section key=${one.id} aria-labelledby=${`by-${one.id}`}>
				<h2 id=${`by-${one.id}`}>${t(`progress.by_${one.id}`)}</h2>
				<${BarTable} caption=${t(`progress.by_${one.id}`)} first=${t(`progress.${one.id}`)} nameOf=${one.nameOf} rows=${one.rows} whole="people" wholeName=${t('progress.people')} series=${series} />
			</section>`;
		})}
		<section aria-labelledby="by-module">
			<h2 id="by-module">${t('progress.by_module')}</h2>
			<${BarTable} caption=${t('progress.by_module')} first=${t('progress.module')} nameOf=${(/** @type {any} */ row) => `${row.index}. ${pick(row, 'title')}`}
				rows=${modules} whole="people" series=${steps().slice(1)} />
		</section>`;
}

export function ProgressPage() {
	const filters = useFilters(['company']);
	const around = useLoad(async () => ({ companies: await table('companies'), levels: (await api.get('/path')).levels }));
	const progress = useLoad(() => api.get(`/progress${filters.query}`), [filters.query]);
	return html`<${Page} title=${t('progress.title')} lead=${t('progress.lead')}>
		<div class="filters">
			<${SelectField} id="company" label=${t('progress.company')} value=${filters.values.company} onInput=${(/** @type {string} */ company) => filters.set({ company })}
				empty=${t('progress.all_companies')} options=${asOptions(around.data?.companies ?? [])} />
		</div>
		<${Load} of=${progress}>${(/** @type {any} */ data) => html`<${Progress} data=${data} levels=${around.data?.levels ?? []} />`}<//>
	<//>`;
}
