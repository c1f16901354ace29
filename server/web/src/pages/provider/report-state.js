// How an event stands with its report: due 90 days after its end, sent, or to be sent again.

import { date, shortDate } from '../../format.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';

/** @type {Record<string, string>} */
const tags = { open: '', due: 'tag-busy', soon: 'tag-warn', late: 'tag-bad', sent: 'tag-good', resend: 'tag-warn' };

/** @typedef {{deadline: string, days_left: number, state: string, sent: {export: number, day: string, protocol: string} | null}} ReportState */

/** @param {{report: ReportState}} props */
export function ReportTag({ report }) {
	return html`<span class=${`tag ${tags[report.state]}`}>${t(`deadline.${report.state}`)}</span>
		<span class="sub">${report.sent && report.state === 'sent' ? t('deadline.sent_sub', { day: shortDate(report.sent.day), protocol: report.sent.protocol }) : t('deadline.by', { day: shortDate(report.deadline) })}</span>`;
}

/** In a sentence. @param {ReportState} report */
function reportSentence(report) {
	const day = date(report.deadline);
	return report.sent
		? t(report.state === 'sent' ? 'deadline.is_sent' : 'deadline.is_resend', { day: date(report.sent.day), protocol: report.sent.protocol })
		: t(report.state === 'late' ? 'deadline.is_late' : 'deadline.is_due', { day, n: Math.abs(report.days_left) });
}

/** @param {{report: ReportState}} props */
export function ReportNotice({ report }) {
	const kind = report.state === 'late' ? 'alert-danger' : ['soon', 'resend'].includes(report.state) ? 'alert-warning' : report.state === 'sent' ? 'alert-success' : 'alert-info';
	return html`<p class=${`alert ${kind} report-state`}>${reportSentence(report)}</p>`;
}

/** The events whose report is pressing, above the list. @param {{events: any[]}} props */
export function PressingReports({ events }) {
	const pressing = events.filter((event) => ['soon', 'late', 'resend'].includes(event.report.state));
	return pressing.length > 0 && html`<div class="alert alert-warning"><p class="alert-heading h6">${t('deadline.pressing', { n: pressing.length })}</p>
		<ul class="mb-0">${pressing.map((event) => html`<li key=${event.id}><a href=${`/eventi/${event.id}`}>${event.title}</a>: ${reportSentence(event.report)}</li>`)}</ul></div>`;
}
