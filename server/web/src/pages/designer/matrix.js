// Modules × levels: which course each level gets for each module, in which version; the titles, the order.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { html } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { useAction } from '../../ui/busy.js';
import { Icon } from '../../ui/icon.js';
import { Load, useLoad } from '../../ui/load.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';
import { ChooseDialog, choices } from './choose-dialog.js';
import { EditModules } from './edit-modules.js';
import { openPreview } from './preview-as.js';
import { PublishDialog } from './publish-dialog.js';

/** The version that a cell has, and the newest one in use that there is of its course. @param {any} set @param {any[]} courses */
export function standing(set, courses) {
	const course = courses.find((each) => each.id === set?.course);
	const version = course?.versions.find((/** @type {any} */ each) => each.id === set.version);
	const newest = course ? choices([course])[0] : undefined;
	return { course, version, newer: version && newest && newest.number > version.number ? newest : null };
}

/** Is the module part of the level's path? @param {any} module @param {any} level */
const isPart = (module, level) => module.part_of.includes(level.id);

/** @param {{module: any, level: any, courses: any[], preview: any, onChange: (version?: number) => void}} props onChange: to choose, or straight to that version */
function Cell({ module, level, courses, preview, onChange }) {
	const set = module.packages[level.id];
	const { course, version, newer } = standing(set, courses);
	const values = { n: module.index, level: pick(level, 'name') };
	if (!isPart(module, level)) {
		return html`<div class="cell">
			<span class="muted">${t('matrix.absent')}</span>
			<span class="cell-foot"><button type="button" class="btn btn-link btn-sm cell-link" aria-label=${t('matrix.change_for', values)} onClick=${() => onChange()}>${t('matrix.change')}</button></span>
		</div>`;
	}
	return html`<div class="cell">
		${set ? html`<a class="cell-title" href=${`/corsi/${set.course}`}>${set.title}</a>` : html`<span class="tag tag-warn">${t('matrix.none')}</span>`}
		<span class="cell-foot">
			${version && course.versions.length > 1 && html`<span class="muted">${t('version.n', { n: version.number })}</span>`}
			${set?.retired && html`<span class="tag tag-bad">${t('version.retired')}</span>`}
			${newer && html`<button type="button" class="btn btn-link btn-sm cell-link" aria-label=${t('matrix.newer_for', { ...values, version: newer.number })} onClick=${() => onChange(newer.id)}>${t('matrix.newer', { version: newer.number })}</button>`}
			${version && html`<button type="button" class="btn btn-link btn-sm cell-link" disabled=${preview.busy} aria-label=${t('matrix.preview_for', values)} onClick=${() => preview.run(set, t('publish.place', { module: values.n, level: values.level }))}>${t('course.preview')}</button>`}
			<button type="button" class="btn btn-link btn-sm cell-link" aria-label=${t('matrix.change_for', values)} onClick=${() => onChange()}>${t(set ? 'matrix.change' : 'matrix.choose')}</button>
		</span>
	</div>`;
}

/** @typedef {{module: any, level: any, version?: number | null | 'absent'}} Picked version undefined: to be chosen; absent: the module is to be no part of the level */

/** What a cell holds, as the choice dialog takes it. @param {Picked} picked */
const currentOf = ({ module, level }) => (isPart(module, level) ? module.packages[level.id]?.version ?? null : 'absent');

/** What is about to happen to a cell, in words. @param {Picked} picked @param {any} chosen */
function titleOf(picked, chosen) {
	if (chosen) {
		return `${chosen.title}: ${t('version.n', { n: chosen.number })}`;
	}
	return t(picked.version === 'absent' ? 'publish.title_absent' : isPart(picked.module, picked.level) ? 'publish.title_none' : 'publish.title_part');
}

/** How many modules each level has, and how long they last. @param {{levels: any[]}} props */
function Sums({ levels }) {
	return html`<tfoot><tr>
		<th scope="row">${t('matrix.sum')}</th>
		${levels.map((level) => html`<td key=${level.id} data-label=${pick(level, 'name')}>${t('matrix.sum_of', { n: level.modules, minutes: level.minutes, hours: Math.floor(level.minutes / 60) })}</td>`)}
	</tr></tfoot>`;
}

/** @param {{path: any, courses: any[], onPath: () => void}} props */
function Matrix({ path, courses, onPath }) {
	const [editing, edit] = useState(false);
	const [picked, setPicked] = useState(/** @type {Picked | null} */ (null));
	const preview = useAction((set, place) => openPreview(set.course, { version: set.version }, place));
	const missing = path.modules.flatMap((/** @type {any} */ module) => path.levels.filter((/** @type {any} */ level) => isPart(module, level) && !module.packages[level.id])).length;
	const chosen = picked?.version ? choices(courses).find((each) => each.id === picked.version) : undefined;
	const place = picked && t('publish.place', { module: picked.module.index, level: pick(picked.level, 'name') });
	const close = (/** @type {boolean} */ changed) => {
		setPicked(null);
		if (changed) {
			onPath();
		}
	};
	return html`
		<div class="matrix-head">
			<p class="mb-0">${t(`matrix.order_${path.order}`)} ${missing > 0 ? html`<span class="tag tag-warn">${t('matrix.missing', { n: missing })}</span>` : html`<span class="tag tag-good">${t('matrix.full')}</span>`}</p>
			<button type="button" class="btn btn-outline-primary js-edit-titles" onClick=${() => edit(true)}><${Icon} name="pencil" size="sm" color="primary" /> ${t('matrix.edit')}</button>
		</div>
		<${ErrorBox} error=${preview.error} title=${t('course.preview_failed')} />
		<div class="table-scroll" role="group" aria-label=${t('matrix.title')} tabindex="0">
			<table class="data data-stack matrix">
				<caption class="visually-hidden">${t('matrix.title')}</caption>
				<thead><tr><th scope="col">${t('matrix.module')}</th>${path.levels.map((/** @type {any} */ level) => html`<th key=${level.id} scope="col">${pick(level, 'name')}</th>`)}</tr></thead>
				<tbody>${path.modules.map((/** @type {any} */ module) => html`<tr key=${module.index}>
					<th scope="row">${module.index}. ${pick(module, 'title')}<span class="sub">${t('home.expected', { minutes: module.minutes_expected })}</span></th>
					${path.levels.map((/** @type {any} */ level) => html`<td key=${level.id} data-label=${pick(level, 'name')}>
						<${Cell} module=${module} level=${level} courses=${courses} preview=${preview} onChange=${(/** @type {number | undefined} */ version) => setPicked({ module, level, version })} />
					</td>`)}
				</tr>`)}</tbody>
				<${Sums} levels=${path.levels} />
			</table>
		</div>
		${picked && picked.version === undefined && html`<${ChooseDialog} title=${place} courses=${courses} current=${currentOf(picked)}
			onChoose=${(/** @type {number | null | 'absent'} */ version) => setPicked({ ...picked, version })} onClose=${() => close(false)} />`}
		${picked && picked.version !== undefined && html`<${PublishDialog} levels=${path.levels} onClose=${close}
			title=${titleOf(picked, chosen)}
			changes=${[{ module: picked.module.index, level: picked.level.id, ...(picked.version === 'absent' ? { version: null, part: false } : { version: picked.version }) }]} />`}
		${editing && html`<${EditModules} path=${path} onClose=${(/** @type {boolean} */ changed) => {
			edit(false);
			if (changed) {
				onPath();
			}
		}} />`}`;
}

export function MatrixPage() {
	const both = useLoad(async () => ({ path: await api.get('/path'), courses: (await api.get('/courses')).courses }));
	return html`<${Page} title=${t('matrix.title')} lead=${t('matrix.lead')}>
		<${Load} of=${both}>${(/** @type {any} */ data) => html`<${Matrix} ...${data} onPath=${both.reload} />`}<//>
	<//>`;
}
