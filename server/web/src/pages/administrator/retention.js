// How long what is kept, by which law, and removing what is due.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { number } from '../../format.js';
import { html } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { useAction } from '../../ui/busy.js';
import { Dialog } from '../../ui/dialog.js';
import { Load, useLoad } from '../../ui/load.js';
import { notify } from '../../ui/notices.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';
import { Table } from '../../ui/table.js';

/** "5 years", "12 months". @param {number} months */
export function period(months) {
	return months > 12 && months % 12 === 0 ? t('retention.years', { n: months / 12 }) : t('retention.months', { n: months });
}

/** The rules by which something is to be removed now. @param {any[]} rules */
export const pressing = (rules) => rules.filter((rule) => rule.applies && rule.due > 0);

/** Nothing goes by itself, so what is due is told where the administrator comes by. */
export function RetentionNotice() {
	const list = useLoad(() => api.get('/retention'));
	const due = pressing(list.data?.rules ?? []);
	return due.length > 0 && html`<div class="alert alert-warning"><p class="alert-heading h6">${t('retention.pressing')}</p>
		<ul>${due.map((rule) => html`<li key=${rule.id}>${pick(rule, 'name')}: ${number(rule.due)}</li>`)}</ul>
		<p class="mb-0"><a href="/conservazione">${t('retention.open')}</a></p></div>`;
}

/** @param {{rule: any, onClose: () => void, onDone: () => void}} props */
function Confirm({ rule, onClose, onDone }) {
	const apply = useAction(async () => {
		const { applied } = await api.post(`/retention/${rule.id}`, { due: rule.due });
		notify(t('retention.applied', { n: number(applied) }));
		onDone();
	});
	return html`<${Dialog} title=${pick(rule, 'name')} onClose=${onClose}>
		<p>${t('retention.confirm', { n: number(rule.due) })}</p>
		<p class="muted">${t('retention.recorded')}</p>
		<${ErrorBox} error=${apply.error} />
		<div class="actions">
			<button type="button" class="btn btn-danger" disabled=${apply.busy} onClick=${apply.run}>${t('retention.apply')}</button>
			<button type="button" class="btn btn-outline-primary" onClick=${onClose}>${t('action.cancel')}</button>
		</div>
	<//>`;
}

/** @param {{rules: any[], onApply: (rule: any) => void}} props */
function Rules({ rules, onApply }) {
	const columns = [
		{ name: t('retention.what'), head: true, cell: (/** @type {any} */ rule) => html`${pick(rule, 'name')}<span class="sub">${pick(rule, 'law')}</span>` },
		{ name: t('retention.period'), cell: (/** @type {any} */ rule) => html`<span class="text-nowrap">${period(rule.months)}</span> ${t(`retention.from_${rule.from}`)}` },
		{ name: t('retention.due'), num: true, cell: (/** @type {any} */ rule) => (rule.applies ? number(rule.due) : '—') },
		{ name: t('table.actions'), actions: true, cell: (/** @type {any} */ rule) => rule.applies && rule.due > 0
			&& html`<button type="button" class="btn btn-outline-primary" aria-label=${t('retention.apply_of', { name: pick(rule, 'name') })} onClick=${() => onApply(rule)}>${t('retention.apply')}</button>` },
	];
	return html`<${Table} caption=${t('retention.title')} columns=${columns} rows=${rules} keyOf=${(/** @type {any} */ rule) => rule.id} empty="" />`;
}

export function RetentionPage() {
	const list = useLoad(() => api.get('/retention'));
	const [applying, apply] = useState(/** @type {any} */ (null));
	return html`<${Page} title=${t('retention.title')} lead=${t('retention.lead')}>
		<${Load} of=${list}>${(/** @type {any} */ data) => html`<${Rules} rules=${data.rules} onApply=${apply} />`}<//>
		<p class="muted mt-4">${t('retention.log')}</p>
		${applying && html`<${Confirm} rule=${applying} onClose=${() => apply(null)} onDone=${() => {
			apply(null);
			list.reload();
		}} />`}
	<//>`;
}
