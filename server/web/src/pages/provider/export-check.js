// Before the export: how many would be in the report, what would be refused, and whose page mends it.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { number } from '../../format.js';
import { html } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { useAction } from '../../ui/busy.js';
import { TextField } from '../../ui/field.js';
import { formErrors } from '../../ui/form-errors.js';
import { Icon } from '../../ui/icon.js';
import { Load, useLoad } from '../../ui/load.js';
import { placeOf, ErrorBox } from '../../ui/problems.js';
import { ExportList } from './exports.js';

/** The page where a fault is mended: the person's, by id or by the codice fiscale that the place names. @param {any} problem */
export function mendingPage(problem) {
	const person = problem.person_id ?? problem.person;
	if (person !== undefined && person !== null) {
		return `/persone/${person}`;
	}
	const code = /\b[A-Z]{6}[0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]\b/i.exec(problem.where ?? '');
	return code ? `/persone?search=${code[0]}` : null;
}

/** @param {{problem: any}} props */
function Fault({ problem }) {
	const page = mendingPage(problem);
	const mend = pick(problem, 'mend');
	return html`<li class=${`finding finding-${problem.severity ?? 'error'}`}>
		<p>${pick(problem)}</p>
		${mend && html`<p><strong>${t('problem.mend')}:</strong> ${mend}</p>`}
		<p class="muted small">${placeOf(problem)} · <span class="code">${problem.code}</span></p>
		${page && html`<p><a href=${page}>${t('export.open_person')}</a></p>`}
	</li>`;
}

/** @param {{check: any}} props */
function Outcome({ check }) {
	const counts = [['export.participants', check.participants], ['export.staff', check.staff], ['export.waiting', check.waiting], ['export.excluded', check.excluded], ['export.without_profession', check.without_profession]];
	return html`<dl class="glance">${counts.map(([name, value]) => html`<div key=${name}><dt>${t(name)}</dt><dd><strong>${number(value)}</strong></dd></div>`)}</dl>
		${check.problems.length > 0
			? html`<h3 class="mt-4">${t('export.faults', { n: check.problems.length })}</h3>
				<ul class="list-unstyled mt-3">${check.problems.map((/** @type {any} */ problem, /** @type {number} */ i) => html`<${Fault} key=${i} problem=${problem} />`)}</ul>
				${check.problems_omitted > 0 && html`<p class="muted">${t('export.omitted', { n: check.problems_omitted })}</p>`}`
			: html`<p class="mt-3 mb-0"><span class="tag tag-good">${t('export.no_faults')}</span></p>`}`;
}

/** @param {{event: any, onChange: () => void}} props */
export function ExportCheck({ event, onChange }) {
	const check = useLoad(() => api.get(`/ecm/events/${event.id}/check`), [event]);
	const history = useLoad(() => api.get(`/ecm/exports?event=${event.id}`), [event]);
	const [made, setMade] = useState(/** @type {any} */ (null));
	const [reason, setReason] = useState('');
	const make = useAction(async () => {
		setMade(await api.post(`/ecm/events/${event.id}/export`, { reason }));
		setReason('');
		history.reload();
		onChange();
	});
	const errors = formErrors(make.error, ['reason']);
	const changed = () => {
		history.reload();
		onChange();
	};
	const ready = check.data && (check.data.ready ?? (check.data.participants > 0)) && check.data.participants > 0;
	return html`<section class="panel" aria-labelledby="check">
		<h2 class="h5" id="check">${t('export.title')}</h2>
		<p>${t('export.text')}</p>
		<${Load} of=${check}>${(/** @type {any} */ data) => html`<${Outcome} check=${data} />`}<//>
		${event.report.sent && html`<${TextField} id="reason" label=${t('export.reason')} help=${t('export.reason_help')} error=${errors.of('reason')} value=${reason} onInput=${setReason} required maxlength="500" />`}
		<${ErrorBox} error=${errors.rest} title=${t('export.refused')} />
		<div class="actions">
			<button type="button" class="btn btn-primary" disabled=${make.busy || !ready} onClick=${make.run}>${t(make.busy ? 'export.making' : 'export.make')}</button>
			<a class="btn btn-outline-primary" href=${`/api/ecm/events/${event.id}/participants.csv`} download><${Icon} name="download" size="sm" color="primary" /> ${t('export.csv')}</a>
			<a class="btn btn-outline-primary" href=${`/eventi/${event.id}/confronto`}>${t('export.compare')}</a>
			<button type="button" class="btn btn-link" disabled=${check.busy} onClick=${check.reload}>${t('export.check_again')}</button>
		</div>
		${made && html`<p class="alert alert-success mt-4 mb-0" role="status">${t('export.made')}: <strong class="text-break">${made.file_name}</strong></p>`}
	</section>
	${history.data?.exports.length > 0 && html`<section aria-labelledby="history"><h2 id="history">${t('export.history')}</h2>
		<${ExportList} rows=${history.data.exports} onChange=${changed} empty="" /></section>`}`;
}
