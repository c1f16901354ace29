// What differs between two versions of a course: files, manifest, findings.

import { api } from '../../api.js';
import { bytes, shortDate } from '../../format.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { navigate } from '../../router.js';
import { SelectField } from '../../ui/field.js';
import { Findings } from '../../ui/findings.js';
import { Load, useLoad } from '../../ui/load.js';
import { Page } from '../../ui/page.js';
import { Table } from '../../ui/table.js';

/** @type {Record<string, (file: any) => any>} */
const lines = {
	added: (file) => html`<span class="text-break">${file.path}</span> <span class="muted">${bytes(file.bytes)}</span>`,
	removed: (file) => html`<span class="text-break">${file.path}</span> <span class="muted">${bytes(file.bytes)}</span>`,
	changed: (file) => html`<span class="text-break">${file.path}</span> <span class="muted">${bytes(file.from_bytes)} → ${bytes(file.to_bytes)}</span>`,
	moved: (file) => html`<span class="text-break">${file.from} → ${file.to}</span>`,
};
const tags = { added: 'tag-good', removed: 'tag-bad', changed: 'tag-warn', moved: 'tag-busy' };

/** @param {{files: any}} props */
function Files({ files }) {
	const kinds = /** @type {(keyof typeof tags)[]} */ (Object.keys(tags)).filter((kind) => files.counts[kind] > 0);
	return html`<section class="panel mb-4" aria-labelledby="diff-files">
		<h2 class="h5" id="diff-files">${t('diff.files')}</h2>
		<p>${t('diff.same_files', { n: files.same })}</p>
		${kinds.map((kind) => html`<details key=${kind} class="diff-files" open=${files[kind].length <= 20}>
			<summary><span class=${`tag ${tags[kind]}`}>${t(`diff.${kind}`, { n: files.counts[kind] })}</span></summary>
			<ul>${files[kind].map((/** @type {any} */ file, /** @type {number} */ i) => html`<li key=${i}>${lines[kind](file)}</li>`)}
				${files.counts[kind] > files[kind].length && html`<li>${t('diff.more', { n: files.counts[kind] - files[kind].length })}</li>`}</ul>
		</details>`)}
	</section>`;
}

/** A value that may be long or absent. @param {string | null} value */
function shown(value) {
	return value ? html`<span class="code text-break">${value}</span>` : html`<span class="muted">${t('diff.nothing')}</span>`;
}

/** @param {{caption: string, changes: any[]}} props */
function Changes({ caption, changes }) {
	const columns = [
		{ name: t('diff.what'), head: true, cell: (/** @type {any} */ one) => html`${one.what}${one.group && html`<span class="sub">${t(`diff.group_${one.group}`)}</span>`}` },
		{ name: t('diff.before'), cell: (/** @type {any} */ one) => shown(one.from) },
		{ name: t('diff.after'), cell: (/** @type {any} */ one) => shown(one.to) },
	];
	return html`<${Table} caption=${caption} columns=${columns} rows=${changes} keyOf=${(/** @type {any} */ one) => one.what + one.from} empty=${t('diff.nothing')} />`;
}

/** @param {{manifest: any}} props */
function Manifest({ manifest }) {
	const same = manifest.course.length + manifest.activities.length === 0;
	const colours = { added: 'tag-good', removed: 'tag-bad', changed: 'tag-warn' };
	return html`<section class="panel mb-4" aria-labelledby="diff-manifest">
		<h2 class="h5" id="diff-manifest">${t('diff.manifest')}</h2>
		${same && html`<p>${t('diff.manifest_same')}</p>`}
		${manifest.course.length > 0 && html`<${Changes} caption=${t('course.title')} changes=${manifest.course} />`}
		${manifest.activities.map((/** @type {any} */ activity, /** @type {number} */ i) => html`<div key=${i} class="mt-3">
			<h3 class="h6"><span class=${`tag ${colours[/** @type {keyof typeof colours} */ (activity.change)]}`}>${t(`diff.activity_${activity.change}`)}</span> ${activity.title} <span class="code">${activity.identifier}</span></h3>
			${activity.changes.length > 0 && html`<${Changes} caption=${activity.title || activity.identifier} changes=${activity.changes} />`}
		</div>`)}
	</section>`;
}

/** @param {{findings: any}} props */
function FindingsDiff({ findings }) {
	return html`<section class="panel mb-4" aria-labelledby="diff-findings">
		<h2 class="h5" id="diff-findings">${t('diff.findings')}</h2>
		<p>${t('diff.findings_same', { n: findings.same })}</p>
		${findings.new.length > 0 && html`<h3 class="h6">${t('diff.findings_new')}</h3><${Findings} problems=${findings.new} level=${4} />`}
		${findings.gone.length > 0 && html`<h3 class="h6 mt-3">${t('diff.findings_gone')}</h3><${Findings} problems=${findings.gone} level=${4} />`}
	</section>`;
}

/** @param {{course: any, from: string, to: string}} props */
function Diff({ course, from, to }) {
	const diff = useLoad(() => api.get(`/versions/${encodeURIComponent(from)}/diff/${encodeURIComponent(to)}`), [from, to]);
	const options = course.versions.filter((/** @type {any} */ version) => !version.freed)
		.map((/** @type {any} */ version) => [version.id, `${t('version.n', { n: version.number })} (${shortDate(version.imported_at)})`]);
	const go = (/** @type {string} */ one, /** @type {string} */ two) => navigate(`/corsi/${course.id}/confronto/${one}/${two}`);
	return html`<div class="filters">
			<${SelectField} id="from" label=${t('diff.from')} value=${from} onInput=${(/** @type {string} */ value) => go(value, to)} options=${options} />
			<${SelectField} id="to" label=${t('diff.to')} value=${to} onInput=${(/** @type {string} */ value) => go(from, value)} options=${options} />
		</div>
		<${Load} of=${diff}>${(/** @type {any} */ data) => html`
			${data.equal && html`<p class="alert alert-success">${t('diff.equal')}</p>`}
			<${Files} files=${data.files} />
			<${Manifest} manifest=${data.manifest} />
			<${FindingsDiff} findings=${data.findings} />`}<//>`;
}

/** @param {{id: string, from: string, to: string}} props */
export function DiffPage({ id, from, to }) {
	const course = useLoad(() => api.get(`/courses/${encodeURIComponent(id)}`), [id]);
	return html`<${Page} title=${t('diff.title')} lead=${course.data?.title} up=${{ href: `/corsi/${id}`, text: course.data?.title ?? t('course.title') }}>
		<${Load} of=${course}>${(/** @type {any} */ data) => html`<${Diff} course=${data} from=${from} to=${to} />`}<//>
	<//>`;
}
