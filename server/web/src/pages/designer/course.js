// One course: its versions, what the checks found, a preview, its settings.

import { api } from '../../api.js';
import { bytes, dateTime, number } from '../../format.js';
import { html } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { playerAddress } from '../../player-address.js';
import { useAction } from '../../ui/busy.js';
import { Findings } from '../../ui/findings.js';
import { Icon } from '../../ui/icon.js';
import { Load, useLoad } from '../../ui/load.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';
import { useSending } from '../../ui/sending.js';
import { Upload } from '../../ui/upload.js';
import { CourseSettings } from './course-settings.js';
import { editionName, newestFirst } from './courses.js';

/** @param {{version: any, newest: boolean, preview: any}} props */
function Version({ version, newest, preview }) {
	const problems = Array.isArray(version.findings) ? version.findings : version.problems ?? [];
	const facts = [
		[t('course.imported'), `${dateTime(version.imported_at)}${version.imported_by ? `, ${version.imported_by}` : ''}`],
		[t('course.size'), t('course.size_text', { files: number(version.files), bytes: bytes(version.bytes) })],
	];
	return html`<section class="panel mb-4" aria-labelledby=${`version-${version.id}`}>
		<h2 class="h5" id=${`version-${version.id}`}>${t('course.version', { date: dateTime(version.imported_at) })}
			${newest && html` <span class="tag tag-busy">${t('course.newest')}</span>`}</h2>
		<dl class="facts">
			${facts.map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}
			<div class="wide"><dt>${t('course.fingerprint')}</dt><dd class="code">${version.sha256}</dd></div>
		</dl>
		${problems.length > 0 ? html`<${Findings} problems=${problems} />` : html`<p><span class="tag tag-good">${t('findings.none')}</span></p>`}
		<div class="actions">${(version.organizations?.length > 1 ? version.organizations : [null]).map((/** @type {any} */ organization, /** @type {number} */ i) => html`
			<button key=${i} type="button" class="btn btn-outline-primary" disabled=${preview.busy} onClick=${() => preview.run(version.id, organization?.position)}>
				<${Icon} name="password-visible" size="sm" color="primary" /> ${organization ? t('course.preview_of', { title: organization.title }) : t('course.preview')}
			</button>`)}
		</div>
	</section>`;
}

/** @param {{course: any, reload: () => void}} props */
function Course({ course, reload }) {
	const preview = useAction(async (version, organization) => {
		const { url } = await api.post(`/courses/${course.id}/preview`, organization ? { version, organization } : { version });
		window.open(playerAddress(url), '_blank') ?? location.assign(playerAddress(url));
	});
	const { progress, outcome, send } = useSending(reload);
	const versions = newestFirst(course.versions);
	return html`
		<p>${editionName(course.edition)}${course.used_by.length > 0 && html` · ${t('course.used_in')}: ${course.used_by.map((/** @type {any} */ use) => t('course.use', { module: use.module, level: pick(use, 'level') || use.level })).join('; ')}`}</p>
		<${ErrorBox} error=${preview.error} title=${t('course.preview_failed')} />
		${versions.map((version, i) => html`<${Version} key=${version.id} version=${version} newest=${i === 0} preview=${preview} />`)}
		${versions.some((version) => version.edition === '1.2') && html`<${CourseSettings} course=${course} />`}
		<h2>${t('course.new_version')}</h2>
		<${Upload} id="package" title=${t('courses.drop')} help=${t('course.new_version_help')} accept=".zip,application/zip" button=${t('courses.choose')}
			progress=${progress} onFile=${(/** @type {File} */ file) => send(`/courses?course=${course.id}`, file, { 'Content-Type': 'application/zip' })} />
		${outcome?.error && html`<div class="mt-4" role="alert"><h3>${t('courses.refused', { name: outcome.name })}</h3><${Findings} problems=${outcome.error.problems} level=${4} /></div>`}
		${outcome?.answer && html`<p class="mt-3" role="status">${t(outcome.answer.already_known ? 'courses.known' : 'courses.imported', { name: outcome.name })}</p>`}`;
}

/** @param {{id: string}} props */
export function CoursePage({ id }) {
	const course = useLoad(() => api.get(`/courses/${encodeURIComponent(id)}`), [id]);
	return html`<${Page} title=${course.data?.title ?? t('course.title')} up=${{ href: '/corsi', text: t('courses.title') }}>
		<${Load} of=${course}>${(/** @type {any} */ data) => html`<${Course} course=${data} reload=${course.reload} />`}<//>
	<//>`;
}
