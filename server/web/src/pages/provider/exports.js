// The reports made so far: which one is in force, what was sent, what changed from one to the next.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { bytes, date, dateTime, number } from '../../format.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { useAction } from '../../ui/busy.js';
import { Dialog } from '../../ui/dialog.js';
import { TextField } from '../../ui/field.js';
import { formErrors } from '../../ui/form-errors.js';
import { Icon } from '../../ui/icon.js';
import { Load, useLoad } from '../../ui/load.js';
import { notify } from '../../ui/notices.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';

/** "2026-02-03", here and now. */
export function today() {
	const now = new Date();
	return new Date(now.getTime() - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
}

/** @param {{row: any, onClose: (done: boolean) => void}} props */
function SentDialog({ row, onClose }) {
	const [form, setForm] = useState({ protocol: '', day: today(), note: '' });
	const mark = useAction(async () => {
		await api.post(`/ecm/exports/${row.id}/sent`, form);
		notify(t('exports.marked'));
		onClose(true);
	});
	const errors = formErrors(mark.error, Object.keys(form));
	const field = (/** @type {'protocol' | 'day' | 'note'} */ name) => ({
		id: `sent-${name}`, label: t(`exports.${name}`), value: form[name], error: errors.of(name),
		onInput: (/** @type {string} */ value) => setForm({ ...form, [name]: value }),
	});
	const submit = (/** @type {Event} */ event) => {
		event.preventDefault();
		mark.run();
	};
	return html`<${Dialog} title=${t('exports.mark')} onClose=${() => onClose(false)}>
		<form onSubmit=${submit} noValidate>
			<p class="text-break"><strong>${row.file_name}</strong></p>
			<p>${t('exports.mark_text')}</p>
			<${TextField} ...${field('protocol')} help=${t('exports.protocol_help')} required maxlength="60" autocomplete="off" />
			<${TextField} ...${field('day')} type="date" required />
			<${TextField} ...${field('note')} optional maxlength="500" />
			<${ErrorBox} error=${errors.rest} title=${t('exports.not_marked')} />
			<div class="actions"><button type="submit" class="btn btn-primary" disabled=${mark.busy}>${t('exports.mark')}</button></div>
		</form>
	<//>`;
}

/** How it stands with a report. @param {{row: any}} props */
function Standing({ row }) {
	return html`<p class="mb-1">
		${row.sent ? html`<span class="tag tag-good">${t('exports.sent')}</span>` : row.superseded_by ? html`<span class="tag">${t('exports.superseded')}</span>` : html`<span class="tag tag-busy">${t('exports.to_send')}</span>`}
		${row.sent && row.superseded_by && html` <span class="tag">${t('exports.superseded')}</span>`}
		${row.sent && html` <span class="muted">${t('exports.sent_facts', { day: date(row.sent.day), protocol: row.sent.protocol, by: row.sent.by || '—' })}${row.sent.note && ` · ${row.sent.note}`}</span>`}
	</p>`;
}

/** One report: file, rows, fingerprint, what became of it, what can be done. @param {{row: any, onChange?: () => void}} props */
function ExportRow({ row, onChange }) {
	const [marking, setMarking] = useState(false);
	const facts = [t('exports.rows', { n: number(row.rows) }), row.bytes && bytes(row.bytes), dateTime(row.created_at), row.by, t('exports.schema', { version: row.schema })].filter(Boolean).join(' · ');
	return html`<div class="export">
		<div>
			<p class="mb-0"><strong class="text-break">${row.file_name}</strong>${row.title && html`<span class="sub">${row.title}</span>`}</p>
			<${Standing} row=${row} />
			<p class="mb-0 muted">${facts}</p>
			${row.reason && html`<p class="mb-0">${t('exports.reason_was', { reason: row.reason })}</p>`}
			<p class="mb-0 muted">SHA-256 <span class="code">${row.sha256}</span></p>
		</div>
		<div class="export-actions">
			<a class="btn btn-outline-primary" href=${`/api/ecm/exports/${row.id}/report.xml`} download=${row.file_name} aria-label=${t('exports.download_of', { name: row.file_name })}>
				<${Icon} name="download" size="sm" color="primary" /> ${t('exports.download')}
			</a>
			<a class="btn btn-link" href=${`/api/ecm/exports/${row.id}/report.zip`} download=${`${row.file_name}.ZIP`} aria-label=${t('exports.zip_of', { name: row.file_name })}>${t('exports.zip')}</a>
			${row.supersedes && html`<a class="btn btn-link" href=${`/esportazioni/${row.id}/differenze`} aria-label=${t('exports.diff_of', { name: row.file_name })}>${t('exports.diff')}</a>`}
			${!row.sent && onChange && html`<button type="button" class="btn btn-link js-sent" aria-label=${t('exports.mark_of', { name: row.file_name })} onClick=${() => setMarking(true)}>${t('exports.mark')}</button>`}
		</div>
		${marking && html`<${SentDialog} row=${row} onClose=${(/** @type {boolean} */ done) => {
			setMarking(false);
			if (done) {
				onChange?.();
			}
		}} />`}
	</div>`;
}

/** @param {{rows: any[], onChange: () => void, empty: string}} props */
export function ExportList({ rows, onChange, empty }) {
	return rows.length === 0
		? html`<div class="empty"><p>${empty}</p></div>`
		: html`<ul class="list-unstyled">${rows.map((row) => html`<li key=${row.id} class="panel mb-3"><${ExportRow} row=${row} onChange=${onChange} /></li>`)}</ul>`;
}

export function ExportsPage() {
	const list = useLoad(() => api.get('/ecm/exports'));
	return html`<${Page} title=${t('exports.title')} lead=${t('exports.lead')}>
		<${Load} of=${list}>${(/** @type {any} */ data) => html`<${ExportList} rows=${data.exports} onChange=${list.reload} empty=${t('exports.empty')} />`}<//>
	<//>`;
}
