// Modules × levels: which package each level gets for each module, the titles, the order.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { html } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { useAction } from '../../ui/busy.js';
import { Icon } from '../../ui/icon.js';
import { Load, useLoad } from '../../ui/load.js';
import { notify } from '../../ui/notices.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';
import { newestFirst } from './courses.js';
import { EditModules } from './edit-modules.js';

/** Versions to choose from, newest first: [id, text]. @param {any[]} courses @returns {[number, string][]} */
export function choices(courses) {
	return courses.flatMap((course) => newestFirst(course.versions).map((version, i) => {
		const text = course.versions.length > 1 ? t('matrix.version_of', { title: course.title, date: version.imported_at.slice(0, 10), newest: i === 0 ? ` · ${t('course.newest')}` : '' }) : course.title;
		return /** @type {[number, string]} */ ([version.id, text]);
	}));
}

/** @param {{module: any, level: any, options: [number, string][], save: any}} props */
function Cell({ module, level, options, save }) {
	const set = module.packages[level.id];
	const label = t('matrix.cell', { n: module.index, level: pick(level, 'name') });
	const change = (/** @type {any} */ event) => save.run(module.index, level.id, event.target.value === '' ? null : Number(event.target.value));
	return html`<select class="cell-control form-select" aria-label=${label} title=${set?.title} onChange=${change}>
		<option value="" selected=${!set}>${t('matrix.none')}</option>
		${set && !options.some(([id]) => id === set.version) && html`<option value=${set.version} selected>${set.title}</option>`}
		${options.map(([id, text]) => html`<option key=${id} value=${id} selected=${set?.version === id}>${text}</option>`)}
	</select>`;
}

/** @param {{path: any, courses: any[], onPath: () => void}} props */
function Matrix({ path, courses, onPath }) {
	const [editing, edit] = useState(false);
	const options = choices(courses);
	const save = useAction(async (index, level, version) => {
		await api.put(`/path/modules/${index}/levels/${encodeURIComponent(level)}`, { version });
		notify(t('matrix.saved'));
		onPath();
	});
	const missing = path.modules.flatMap((/** @type {any} */ module) => path.levels.filter((/** @type {any} */ level) => !module.packages[level.id])).length;
	return html`
		<div class="matrix-head">
			<p class="mb-0">${t(`matrix.order_${path.order}`)} ${missing > 0 ? html`<span class="tag tag-warn">${t('matrix.missing', { n: missing })}</span>` : html`<span class="tag tag-good">${t('matrix.full')}</span>`}</p>
			<button type="button" class="btn btn-outline-primary js-edit-titles" onClick=${() => edit(true)}><${Icon} name="pencil" size="sm" color="primary" /> ${t('matrix.edit')}</button>
		</div>
		<${ErrorBox} error=${save.error} title=${t('matrix.not_saved')} />
		<div class="table-scroll" role="group" aria-label=${t('matrix.title')} tabindex="0">
			<table class="data data-stack matrix">
				<caption class="visually-hidden">${t('matrix.title')}</caption>
				<thead><tr><th scope="col">${t('matrix.module')}</th>${path.levels.map((/** @type {any} */ level) => html`<th key=${level.id} scope="col">${pick(level, 'name')}</th>`)}</tr></thead>
				<tbody>${path.modules.map((/** @type {any} */ module) => html`<tr key=${module.index}>
					<th scope="row">${module.index}. ${pick(module, 'title')}<span class="sub">${t('home.expected', { minutes: module.minutes_expected })}</span></th>
					${path.levels.map((/** @type {any} */ level) => html`<td key=${level.id} data-label=${pick(level, 'name')}>
						<${Cell} module=${module} level=${level} options=${options} save=${save} />
					</td>`)}
				</tr>`)}</tbody>
			</table>
		</div>
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
