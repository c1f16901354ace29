// Packages on their way to being courses: those that this page is sending, and those the server works on, whoever
// sent them and whatever happened to the page meanwhile.

import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { api, asApiError } from '../api.js';
import { bytes, number, percent } from '../format.js';
import { html } from '../html.js';
import { t } from '../i18n.js';
import { FindingCounts, Findings } from './findings.js';
import { Meter } from './meter.js';
import { ErrorBox } from './problems.js';

const POLL_MS = 500;
const SHOWN_AFTER_END_MS = 30 * 60 * 1000;
const PUT_AWAY = 'imports.put_away';

/** The jobs that were read and put away, in this tab. @returns {number[]} */
function putAway() {
	try {
		return JSON.parse(sessionStorage.getItem(PUT_AWAY) ?? '[]');
	} catch {
		return [];
	}
}

/**
 * @typedef {object} Sending a file on its way
 * @property {number} key
 * @property {File} file
 * @property {number} share
 * @property {AbortController} stop
 * @property {import('../api.js').ApiError | null} error
 */

/** @param {any} job */
function isRecent(job) {
	return !job.ended_at || Date.now() - Date.parse(job.ended_at) < SHOWN_AFTER_END_MS;
}

/** @param {any} job @param {number | undefined} course */
function concerns(job, course) {
	return course === undefined || job.for_course === course || job.course === course;
}

/**
 * The jobs, asked for again while any is under way; `onCourse` when one has become a course.
 * @param {() => void} onCourse
 * @param {number} [course] only its jobs; what is sent becomes a new version of it
 */
export function useImports(onCourse, course) {
	const [jobs, setJobs] = useState(/** @type {any[]} */ ([]));
	const [lost, setLost] = useState(false);
	const [sending, setSending] = useState(/** @type {Sending[]} */ ([]));
	const open = useRef(/** @type {Set<number>} */ (new Set()));
	const keys = useRef(0);
	const refresh = useCallback(async () => {
		try {
			const { imports } = await api.get('/imports');
			const now = new Set(imports.filter((/** @type {any} */ job) => !job.ended_at).map((/** @type {any} */ job) => job.id));
			if (imports.some((/** @type {any} */ job) => open.current.has(job.id) && job.state === 'done')) {
				onCourse();
			}
			open.current = now;
			const away = putAway();
			setJobs(imports.filter((/** @type {any} */ job) => isRecent(job) && concerns(job, course) && !away.includes(job.id)));
			setLost(false);
		} catch {
			setLost(true);
		}
	}, [course]);
	const under = lost || jobs.some((job) => !job.ended_at);
	useEffect(() => {
		refresh();
	}, [refresh]);
	useEffect(() => {
		const timer = under ? setInterval(refresh, POLL_MS) : undefined;
		return () => clearInterval(timer);
	}, [under, refresh]);
	const change = (/** @type {number} */ key, /** @type {Partial<Sending>} */ with_) =>
		setSending((list) => list.map((each) => (each.key === key ? { ...each, ...with_ } : each)));
	const drop = (/** @type {number} */ key) => setSending((list) => list.filter((each) => each.key !== key));
	async function send(/** @type {File} */ file) {
		const key = ++keys.current;
		const stop = new AbortController();
		setSending((list) => [...list, { key, file, share: 0, stop, error: null }]);
		try {
			const job = await api.send(course === undefined ? '/imports' : `/imports?course=${course}`, file, {
				headers: { 'Content-Type': 'application/zip' }, signal: stop.signal, progress: (share) => change(key, { share }),
			});
			open.current.add(job.id);
			drop(key);
			await refresh();
		} catch (thrown) {
			if (stop.signal.aborted) {
				drop(key);
			} else {
				change(key, { error: asApiError(thrown) });
			}
		}
	}
	async function cancel(/** @type {any} */ job) {
		try {
			await api.delete(`/imports/${job.id}`);
		} catch {
			// It had ended meanwhile: the list says so.
		}
		await refresh();
	}
	function putJobAway(/** @type {any} */ job) {
		sessionStorage.setItem(PUT_AWAY, JSON.stringify([...putAway(), job.id].slice(-200)));
		setJobs((list) => list.filter((each) => each.id !== job.id));
	}
	return { course, jobs, lost, sending, send, cancel, drop, putJobAway };
}

/** @param {{one: Sending, of: ReturnType<typeof useImports>}} props */
function SendingRow({ one, of }) {
	const { file, share, error } = one;
	const again = () => {
		of.drop(one.key);
		of.send(file);
	};
	return html`<li class="import-row">
		<p class="mb-1"><strong class="text-break">${file.name}</strong> <span class="muted">(${bytes(file.size)})</span></p>
		${error ? html`<${ErrorBox} error=${error} title=${t('courses.upload_failed')} />
			${error.status === 0 && html`<p>${t('imports.dropped')}</p>`}
			<button type="button" class="btn btn-primary btn-sm" onClick=${again}>${t('imports.again')}</button>
			<button type="button" class="btn btn-outline-primary btn-sm ms-2" onClick=${() => of.drop(one.key)}>${t('imports.dismiss')}</button>`
		: html`<${Meter} share=${share} label=${t('upload.progress')} />
			<p class="muted mb-1">${share >= 1 ? t('imports.arrived') : t('upload.sent', { share: percent(share) })}</p>
			<button type="button" class="btn btn-outline-primary btn-sm" aria-label=${t('imports.cancel_one', { name: file.name })}
				onClick=${() => one.stop.abort()}>${t('imports.cancel')}</button>`}
	</li>`;
}

/** Why it failed, asked for once. @param {{id: number}} props */
function Why({ id }) {
	const [problems, setProblems] = useState(/** @type {any[] | null} */ (null));
	useEffect(() => {
		api.get(`/imports/${id}`).then((job) => setProblems(job.problems), () => setProblems([]));
	}, [id]);
	return problems && problems.length > 0 ? html`<${Findings} problems=${problems} />` : null;
}

/** @param {{job: any, of: ReturnType<typeof useImports>}} props */
function Ended({ job, of }) {
	const name = job.file_name;
	const dismiss = html`<button type="button" class="btn btn-outline-primary btn-sm" aria-label=${t('imports.dismiss_one', { name })}
		onClick=${() => of.putJobAway(job)}>${t('imports.dismiss')}</button>`;
	if (job.state === 'failed') {
		return html`<div class="alert alert-danger mb-0" role="status"><p><strong>${t('courses.refused', { name })}</strong></p>
			<p>${t('courses.refused_text')}</p><${Why} id=${job.id} />${dismiss}</div>`;
	}
	if (job.state === 'cancelled') {
		return html`<p class="mb-2" role="status">${t('imports.cancelled', { name })}</p>${dismiss}`;
	}
	return html`<div class="alert alert-success mb-0" role="status"><p class="mb-2">${t(job.already_known ? 'courses.known' : 'courses.imported', { name })}
		${' '}${job.findings && html`<${FindingCounts} counts=${job.findings} />`}</p>
		<div class="actions mt-0">${job.course !== of.course && html`<a class="btn btn-primary btn-sm" href=${`/corsi/${job.course}`}>${t('courses.open_new')}</a>`}
			${dismiss}</div></div>`;
}

/** @param {{job: any, of: ReturnType<typeof useImports>}} props */
function JobRow({ job, of }) {
	const { progress } = job;
	const share = progress && progress.bytes_total > 0 ? progress.bytes_done / progress.bytes_total : 0;
	return html`<li class="import-row">
		${job.ended_at ? html`<${Ended} job=${job} of=${of} />` : html`
			<p class="mb-1"><strong class="text-break">${job.file_name}</strong> <span class="muted">(${bytes(job.archive_bytes)})</span></p>
			<${Meter} share=${share} label=${t('imports.progress', { name: job.file_name })} />
			<p class="muted mb-1">${t(`imports.${job.state}`)}${progress?.files_total > 0 && ` ${t('imports.files', { done: number(progress.files_done), total: number(progress.files_total) })}`}</p>
			<button type="button" class="btn btn-outline-primary btn-sm" aria-label=${t('imports.cancel_one', { name: job.file_name })}
				onClick=${() => of.cancel(job)}>${t('imports.cancel')}</button>`}
	</li>`;
}

/** @param {{of: ReturnType<typeof useImports>}} props */
export function Imports({ of }) {
	if (of.sending.length === 0 && of.jobs.length === 0 && !of.lost) {
		return null;
	}
	return html`<section class="mt-4" aria-labelledby="imports">
		<${of.course === undefined ? 'h2' : 'h3'} class="h5" id="imports">${t('imports.title')}<//>
		${of.lost && html`<p class="alert alert-warning" role="alert">${t('imports.lost')}</p>`}
		<ul class="list-unstyled">
			${of.sending.map((one) => html`<${SendingRow} key=${`s${one.key}`} one=${one} of=${of} />`)}
			${of.jobs.map((job) => html`<${JobRow} key=${job.id} job=${job} of=${of} />`)}
		</ul>
	</section>`;
}
