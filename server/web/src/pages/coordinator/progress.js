// Where the programme stands: totals, targets, and the same by company, profession, level and module.

import { api } from '../../api.js';
import { date, dateTime, number, percentOf } from '../../format.js';
import { html } from '../../html.js';
import { language, pick, t } from '../../i18n.js';
import { asOptions, table } from '../../tables.js';
import { BarTable, Legend } from '../../ui/bars.js';
import { SelectField } from '../../ui/field.js';
import { useFilters } from '../../ui/filters.js';
import { Icon } from '../../ui/icon.js';
import { Load, useLoad } from '../../ui/load.js';
import { Meter } from '../../ui/meter.js';
import { Page } from '../../ui/page.js';
import { OnlyOwn, ownCompany } from './own-company.js';

const groups = ['operatori', 'mmg_pls', 'segreteria', 'formatori', 'dirigenti'];

/** "2026-03" in words. @param {string} month */
function monthName(month) {
	return new Intl.DateTimeFormat(language.get(), { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}-01T00:00:00Z`));
}

const steps = () => [
	{ field: 'invited', name: t('progress.invited'), color: '#b8860b' },
	{ field: 'placed', name: t('progress.placed'), color: '#7fb2e5' },
	{ field: 'started', name: t('progress.started'), color: '#06c' },
	{ field: 'completed', name: t('progress.completed'), color: '#006b4a' },
	{ field: 'reported', name: t('progress.reported'), color: '#4a3b8f' },
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

/** What is to be expected by the deadline at the pace of the last months. @param {{forecast: any, deadline: string}} props */
function Forecast({ forecast, deadline }) {
	if (!forecast) {
		return null;
	}
	const reached = forecast.reached ? t('progress.reached_in', { month: monthName(forecast.reached) }) : t('progress.never');
	return html`<p class="muted mb-0">${t('progress.forecast', { per_month: number(Math.round(forecast.per_month)), expected: number(forecast.expected), deadline: date(deadline) })}
		${' '}${reached} <span class=${`tag ${forecast.in_time ? 'tag-good' : 'tag-bad'}`}>${t(forecast.in_time ? 'progress.in_time' : 'progress.late')}</span></p>`;
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

/** @param {{targets: any[], deadline: string}} props */
function Targets({ targets, deadline }) {
	return html`<section aria-labelledby="targets">
		<h2 id="targets">${t('progress.targets')}</h2>
		<ul class="areas">${targets.map((target) => {
			const view = targetView(target);
			return html`<li key=${target.id}>
				<span class="area-name">${pick(target, 'name')}</span>
				<span class="area-score">${t('progress.reached', { reached: view.text[0], target: view.text[1] })}${view.done && html` <span class="tag tag-good">${t('progress.target_met')}</span>`}</span>
				<${Meter} share=${view.share} label=${pick(target, 'name')} good=${view.done} />
				${!view.done && html`<${Forecast} forecast=${target.forecast} deadline=${deadline} />`}
			</li>`;
		})}</ul>
	</section>`;
}

/** Rows of levels from the lowest to the highest; who has none yet comes first. @param {any[]} rows @param {any[]} levels */
export function byOrder(rows, levels) {
	const place = (/** @type {any} */ row) => levels.findIndex((level) => level.id === row.level);
	return [...rows].sort((a, b) => place(a) - place(b));
}

/** One of the tables as a file, with the filters of the page. @param {{table: string, query: string}} props */
function Csv({ table: name, query: filtered }) {
	return html`<p class="mt-2"><a href=${`/api/progress.csv${filtered ? `${filtered}&` : '?'}table=${name}`} download aria-label=${`${t('progress.csv')}: ${t(`progress.by_${name}`)}`}>${t('progress.csv')}</a></p>`;
}

/** @param {{data: any, levels: any[], query: string}} props query: the filters */
function Progress({ data, levels, query }) {
	const tables = [
		{ id: 'company', rows: data.by_company, nameOf: (/** @type {any} */ row) => row.company_name ?? row.name ?? row.company ?? t('progress.no_company') },
		{ id: 'profession', rows: data.by_profession, nameOf: (/** @type {any} */ row) => row.profession_name ?? row.name ?? row.profession ?? t('progress.no_profession') },
		{ id: 'level', rows: byOrder(data.by_level, levels), nameOf: (/** @type {any} */ row) => pick(row, 'name') || row.level || t('progress.no_level') },
	];
	const modules = data.by_module.map((/** @type {any} */ row) => ({ ...row, left: row.started - row.completed }));
	const most = Math.max(1, ...data.by_month.map((/** @type {any} */ row) => row.completed));
	const months = data.by_month.map((/** @type {any} */ row) => ({ ...row, most }));
	return html`
		<${Totals} totals=${data.totals} />
		${data.targets.length > 0 && html`<${Targets} targets=${data.targets} deadline=${data.deadline} /><${Csv} table="target" query=${query} />`}
		<${Legend} series=${steps()} />
		${tables.map((one) => {
			const series = steps().filter((step) => one.rows.some((/** @type {any} */ row) => row[step.field] !== undefined));
			return html`<section key=${one.id} aria-labelledby=${`by-${one.id}`}>
				<h2 id=${`by-${one.id}`}>${t(`progress.by_${one.id}`)}</h2>
				<${BarTable} caption=${t(`progress.by_${one.id}`)} first=${t(`progress.${one.id}`)} nameOf=${one.nameOf} rows=${one.rows} whole="people" wholeName=${t('progress.people')} series=${series} />
				<${Csv} table=${one.id} query=${query} />
			</section>`;
		})}
		<section aria-labelledby="by-module">
			<h2 id="by-module">${t('progress.by_module')}</h2>
			<${BarTable} caption=${t('progress.by_module')} first=${t('progress.module')} nameOf=${(/** @type {any} */ row) => html`<a href=${`/avanzamento/persone?module=${row.index}`} aria-label=${t('progress.left_of', { module: `${row.index}. ${pick(row, 'title')}` })}>${row.index}. ${pick(row, 'title')}</a>`}
				rows=${modules} whole="people" series=${[...steps().slice(2, 4), { field: 'left', name: t('progress.left'), color: '#a66300' }]} />
			<${Csv} table="module" query=${query} />
		</section>
		<section aria-labelledby="by-month">
			<h2 id="by-month">${t('progress.by_month')}</h2>
			<${BarTable} caption=${t('progress.by_month')} first=${t('progress.month')} nameOf=${(/** @type {any} */ row) => monthName(row.month)} rows=${months} whole="most" series=${steps().slice(3, 4)} />
			<${Csv} table="month" query=${query} />
		</section>
		<p class="muted mt-4">${t('progress.made_at', { at: dateTime(data.made_at) })}</p>`;
}

export function ProgressPage() {
	const filters = useFilters(['company', 'profession', 'group', 'level']);
	const around = useLoad(async () => ({ companies: await table('companies'), professions: await table('professions'), levels: (await api.get('/path')).levels }));
	const progress = useLoad(() => api.get(`/progress${filters.query}`), [filters.query]);
	const own = ownCompany(progress.data, filters.values.company);
	return html`<${Page} title=${t('progress.title')} lead=${t('progress.lead')}>
		<${OnlyOwn} own=${own} companies=${around.data?.companies ?? []} />
		<p class="actions"><a class="btn btn-outline-primary" href=${`/api/progress.xlsx${filters.query}`} download><${Icon} name="download" size="sm" color="primary" /> ${t('progress.sheet')}</a>
			<a class="btn btn-outline-primary" href=${`/avanzamento/persone${filters.query}`}>${t('progress.people_link')}</a></p>
		<div class="filters">
			${!own && html`<${SelectField} id="company" label=${t('progress.company')} value=${filters.values.company} onInput=${(/** @type {string} */ company) => filters.set({ company })}
				empty=${t('progress.all_companies')} options=${asOptions(around.data?.companies ?? [])} />`}
			<${SelectField} id="profession" label=${t('progress.profession')} value=${filters.values.profession} onInput=${(/** @type {string} */ profession) => filters.set({ profession })}
				empty=${t('progress.all_professions')} options=${[['0', t('progress.no_profession')], ...asOptions(around.data?.professions ?? [])]} />
			<${SelectField} id="group" label=${t('progress.group')} value=${filters.values.group} onInput=${(/** @type {string} */ group) => filters.set({ group })}
				empty=${t('progress.all_groups')} options=${groups.map((group) => [group, t(`group.${group}`)])} />
			<${SelectField} id="level" label=${t('progress.level')} value=${filters.values.level} onInput=${(/** @type {string} */ level) => filters.set({ level })}
				empty=${t('progress.all_levels')} options=${(around.data?.levels ?? []).map((/** @type {any} */ level) => [level.id, pick(level, 'name')])} />
		</div>
		<${Load} of=${progress}>${(/** @type {any} */ data) => html`<${Progress} data=${data} levels=${around.data?.levels ?? []} query=${filters.query} />`}<//>
	<//>`;
}
