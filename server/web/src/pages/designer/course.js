// One course: its versions, what the checks found and what can be done with each; its settings and its history.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { bytes, dateTime, number } from '../../format.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { useAction } from '../../ui/busy.js';
import { Findings } from '../../ui/findings.js';
import { Icon } from '../../ui/icon.js';
import { Imports, useImports } from '../../ui/imports.js';
import { Load, useLoad } from '../../ui/load.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';
import { Upload } from '../../ui/upload.js';
import { CourseHistory } from './course-history.js';
import { CourseSettings } from './course-settings.js';
import { editionName, newestFirst } from './courses.js';
import { openPreview, PreviewAs, somebody } from './preview-as.js';
import { CourseUse, usesText, VersionActions } from './version-actions.js';

/** @param {{course: any, version: any, before: any, newest: boolean, path: any, preview: any, reload: () => void}} props before: the version before it */
function Version({ course, version, before, newest, path, preview, reload }) {
	const problems = Array.isArray(version.findings) ? version.findings : version.problems ?? [];
	const uses = course.used_by.filter((/** @type {any} */ use) => use.version === version.id);
	const facts = /** @type {[string, string][]} */ ([
		[t('course.imported'), `${dateTime(version.imported_at)}${version.imported_by ? `, ${version.imported_by}` : ''}`],
		[t('version.people_name'), number(version.people)],
		uses.length > 0 && [t('version.used'), usesText(uses, path.levels)],
		[t('course.size'), t('course.size_text', { files: number(version.files), bytes: bytes(version.bytes) })],
	].filter(Boolean));
	return html`<section class="panel mb-4" aria-labelledby=${`version-${version.id}`}>
		<h2 class="h5" id=${`version-${version.id}`}>${t('version.title', { n: version.number })}
			${newest && html` <span class="tag tag-busy">${t('course.newest')}</span>`}
			${version.retired_at && html` <span class="tag tag-bad">${t('version.retired')}</span>`}
			${version.freed && html` <span class="tag">${t('version.freed')}</span>`}</h2>
		<dl class="facts">
			${facts.map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}
			<div class="wide"><dt>${t('course.fingerprint')}</dt><dd class="code">${version.sha256}</dd></div>
		</dl>
		${problems.length > 0 ? html`<${Findings} problems=${problems} />` : html`<p><span class="tag tag-good">${t('findings.none')}</span></p>`}
		<div class="actions">${!version.freed && (version.organizations?.length > 1 ? version.organizations : [null]).map((/** @type {any} */ organization, /** @type {number} */ i) => html`
			<button key=${i} type="button" class="btn btn-outline-primary" disabled=${preview.busy} onClick=${() => preview.run(version.id, organization?.position)}>
				<${Icon} name="password-visible" size="sm" color="primary" /> ${organization ? t('course.preview_of', { title: organization.title }) : t('course.preview')}
			</button>`)}
			${before && !version.freed && !before.freed && html`<a class="btn btn-outline-primary" href=${`/corsi/${course.id}/confronto/${before.id}/${version.id}`}>${t('version.compare', { n: before.number })}</a>`}
			<${VersionActions} course=${course} version=${version} path=${path} reload=${reload} />
		</div>
	</section>`;
}

/** @param {{course: any, path: any, reload: () => void}} props */
function Course({ course, path, reload }) {
	const [as, setAs] = useState(somebody);
	const preview = useAction((version, organization) => openPreview(course.id, organization ? { version, organization } : { version }, '', as));
	const imports = useImports(reload, course.id);
	const versions = newestFirst(course.versions);
	return html`
		<p class="mb-2">${editionName(course.edition)}</p>
		<${CourseUse} course=${course} path=${path} reload=${reload} />
		<${PreviewAs} as=${as} onChange=${setAs} />
		<${ErrorBox} error=${preview.error} title=${t('course.preview_failed')} />
		${versions.map((version, i) => html`<${Version} key=${version.id} course=${course} version=${version} before=${versions[i + 1]} newest=${i === 0}
			path=${path} preview=${preview} reload=${reload} />`)}
		${versions.some((version) => version.edition === '1.2') && html`<${CourseSettings} course=${course} />`}
		<h2>${t('course.new_version')}</h2>
		<${Upload} id="package" title=${t('courses.drop')} help=${t('course.new_version_help')} accept=".zip,application/zip" button=${t('courses.choose')}
			progress=${null} onFile=${imports.send} />
		<${Imports} of=${imports} />
		<${CourseHistory} course=${course} levels=${path.levels} />`;
}

/** @param {{id: string}} props */
export function CoursePage({ id }) {
	const both = useLoad(async () => ({ course: await api.get(`/courses/${encodeURIComponent(id)}`), path: await api.get('/path') }), [id]);
	return html`<${Page} title=${both.data?.course.title ?? t('course.title')} up=${{ href: '/corsi', text: t('courses.title') }}>
		<${Load} of=${both}>${(/** @type {any} */ data) => html`<${Course} ...${data} reload=${both.reload} />`}<//>
	<//>`;
}
