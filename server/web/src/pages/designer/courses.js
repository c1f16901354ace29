// Courses: what there is, and bringing in a new package.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { shortDate } from '../../format.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { FindingCounts, Findings } from '../../ui/findings.js';
import { Imports, useImports } from '../../ui/imports.js';
import { Load, useLoad } from '../../ui/load.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';
import { useSending } from '../../ui/sending.js';
import { Table } from '../../ui/table.js';
import { Upload } from '../../ui/upload.js';

/** The name of a SCORM edition. @param {string} edition */
export function editionName(edition) {
	const names = { '1.2': 'SCORM 1.2', '2004-2nd': 'SCORM 2004 2nd', '2004-3rd': 'SCORM 2004 3rd', '2004-4th': 'SCORM 2004 4th' };
	return names[/** @type {keyof typeof names} */ (edition)] ?? edition;
}

/** @param {any[]} versions */
export function newestFirst(versions) {
	return [...versions].sort((a, b) => b.number - a.number);
}

/** @param {{outcome: import('../../ui/sending.js').Outcome, checked: boolean}} props */
function Outcome({ outcome, checked }) {
	const { answer, error, name } = outcome;
	if (error && error.status !== 422) {
		return html`<${ErrorBox} error=${error} title=${t('courses.upload_failed')} />`;
	}
	const problems = error ? error.problems : answer?.findings ?? answer?.problems ?? [];
	const key = error ? 'courses.refused' : checked ? 'courses.checked' : answer?.already_known ? 'courses.known' : 'courses.imported';
	return html`<section class=${`alert ${error ? 'alert-danger' : 'alert-success'}`} role="status" aria-labelledby="outcome">
		<h2 class="h5 mt-0" id="outcome">${t(key, { name })}</h2>
		${error && html`<p>${t('courses.refused_text')}</p>`}
		${problems.length > 0 ? html`<${Findings} problems=${problems} />` : html`<p class="mb-0">${t('courses.no_findings')}</p>`}
		${!error && !checked && answer?.course && html`<p class="mb-0 mt-3"><a href=${`/corsi/${answer.course?.id ?? answer.course}`}>${t('courses.open_new')}</a></p>`}
	</section>`;
}

/** @param {{courses: any[]}} props */
function Courses({ courses }) {
	const newest = (/** @type {any} */ course) => newestFirst(course.versions)[0];
	const columns = [
		{ name: t('courses.name'), head: true, cell: (/** @type {any} */ course) => html`<a href=${`/corsi/${course.id}`}>${course.title}</a>${course.retired_at && html` <span class="tag tag-bad">${t('retire.course_tag')}</span>`}` },
		{ name: t('courses.edition'), cell: (/** @type {any} */ course) => html`<span class="text-nowrap">${editionName(course.edition)}</span>` },
		{ name: t('courses.versions'), num: true, cell: (/** @type {any} */ course) => course.versions.length },
		{ name: t('courses.imported_at'), cell: (/** @type {any} */ course) => shortDate(newest(course)?.imported_at) },
		{ name: t('courses.findings'), cell: (/** @type {any} */ course) => newest(course) && html`<${FindingCounts} counts=${newest(course).findings} />` },
		{ name: t('courses.used_by'), cell: (/** @type {any} */ course) => (course.used_by.length > 0 ? t('courses.used_times', { n: course.used_by.length }) : t('courses.unused')) },
	];
	return html`<${Table} caption=${t('courses.title')} columns=${columns} rows=${courses} keyOf=${(/** @type {any} */ course) => course.id} empty=${t('courses.empty')} />`;
}

export function CoursesPage() {
	const list = useLoad(() => api.get('/courses'));
	const [checkOnly, setCheckOnly] = useState(false);
	const [checked, setChecked] = useState(false);
	const { progress, outcome, send } = useSending(() => list.reload());
	const imports = useImports(() => list.reload());
	const take = (/** @type {File} */ file) => {
		if (checkOnly) {
			setChecked(true);
			send('/courses/check', file, { 'Content-Type': 'application/zip' });
		} else {
			imports.send(file);
		}
	};
	return html`<${Page} title=${t('courses.title')} lead=${t('courses.lead')}>
		<${Upload} id="package" title=${t('courses.drop')} help=${t('courses.drop_help')} accept=".zip,application/zip" button=${t('courses.choose')}
			progress=${progress} several=${!checkOnly} onFile=${take} />
		<div class="check mt-2 mb-4">
			<input type="checkbox" id="check-only" checked=${checkOnly} onChange=${(/** @type {any} */ event) => setCheckOnly(event.target.checked)} />
			<label for="check-only">${t('courses.check_only')}</label>
		</div>
		${outcome && html`<${Outcome} outcome=${outcome} checked=${checked} />`}
		<${Imports} of=${imports} />
		<${Load} of=${list}>${(/** @type {any} */ data) => html`<${Courses} courses=${data.courses} />`}<//>
	<//>`;
}
