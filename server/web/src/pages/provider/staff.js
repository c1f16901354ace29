// Who teaches at an event or tutors it: a row of the report each, with credits computed by the rules in force.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { date, number } from '../../format.js';
import { html } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { useAction } from '../../ui/busy.js';
import { Load, useLoad } from '../../ui/load.js';
import { notify } from '../../ui/notices.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';
import { professionsInWords } from '../../ui/professions.js';
import { Table } from '../../ui/table.js';
import { StaffForm } from './staff-form.js';

/** "60 minuti" @param {any} member */
function amountOf(member) {
	return member.unit === 'event' ? '—' : t(`staff.amount_${member.unit}`, { n: member.amount });
}

/** @param {{data: any, onEdit: (member: any) => void, onRemove: (member: any) => void, busy: boolean}} props */
function List({ data, onEdit, onRemove, busy }) {
	const nameOf = (/** @type {any} */ member) => `${member.given_name} ${member.family_name}`;
	const columns = [
		{ name: t('people.name'), head: true, cell: (/** @type {any} */ one) => html`<a href=${`/persone/${one.person}`}>${one.family_name} ${one.given_name}</a><span class="sub">${professionsInWords(one.professions)}</span>` },
		{ name: t('staff.duty'), cell: (/** @type {any} */ one) => html`${pick({ duty_it: one.duty_it, duty_en: one.duty_en }, 'duty')}<span class="sub">${t(`ruolo.${one.role}`)} · ${amountOf(one)}</span>` },
		{ name: t('events.credits'), num: true, cell: (/** @type {any} */ one) => html`${number(Number(one.credits), { minimumFractionDigits: 1 })}
			${one.warnings.map((/** @type {any} */ problem) => html`<span key=${problem.code} class="sub">${pick(problem)}</span>`)}${one.reason && html`<span class="sub">${one.reason}</span>`}` },
		{ name: t('staff.day'), cell: (/** @type {any} */ one) => date(one.day) },
		{ name: t('table.actions'), actions: true, cell: (/** @type {any} */ one) => html`<button type="button" class="btn btn-outline-primary" aria-label=${t('users.edit_of', { name: nameOf(one) })} onClick=${() => onEdit(one)}>${t('users.edit')}</button>
			<button type="button" class="btn btn-link" disabled=${busy} aria-label=${t('staff.remove_of', { name: nameOf(one) })} onClick=${() => onRemove(one)}>${t('staff.remove')}</button>` },
	];
	const learners = data.staff.filter((/** @type {any} */ one) => one.participant);
	return html`<${Table} caption=${t('staff.title')} columns=${columns} rows=${data.staff} keyOf=${(/** @type {any} */ one) => one.person} empty=${t('staff.empty')} />
		${learners.length > 0 && html`<p class="alert alert-info">${t('staff.participants', { names: learners.map(nameOf).join(', ') })}</p>`}`;
}

/** What the registers of the event's classes say of who taught. @param {{id: string}} props */
function FromRegisters({ id }) {
	const rows = useLoad(() => api.get(`/classes/${id}/teaching`), [id]);
	return html`<${Load} of=${rows}>${(/** @type {any} */ { teaching }) => teaching.length > 0 && html`<section class="panel panel-tinted mt-4" aria-labelledby="registers">
		<h2 class="h5" id="registers">${t('classes.teaching')}</h2><p>${t('classes.teaching_text')}</p>
		<ul class="mb-0">${teaching.map((/** @type {any} */ one) => html`<li key=${one.person}>${one.given_name} ${one.family_name}, ${t(`classes.role_${one.role}`).toLowerCase()}: ${t('staff.amount_minutes', { n: one.minutes })}</li>`)}</ul>
	</section>`}<//>`;
}

/** @param {{id: string}} props */
export function StaffPage({ id }) {
	const list = useLoad(() => api.get(`/ecm/events/${encodeURIComponent(id)}/staff`), [id]);
	const [editing, edit] = useState(/** @type {any} */ (null));
	const remove = useAction(async (/** @type {any} */ member) => {
		list.set(await api.delete(`/ecm/events/${id}/staff/${member.person}`));
		notify(t('staff.removed'));
	});
	const done = (/** @type {any} */ data) => {
		edit(null);
		if (data) {
			list.set(data);
			notify(t('staff.saved'));
		}
	};
	const actions = html`<button type="button" class="btn btn-primary" onClick=${() => edit({})}>${t('staff.add')}</button>`;
	return html`<${Page} title=${t('staff.title')} lead=${t('staff.lead')} actions=${list.data && actions} up=${{ href: `/eventi/${id}`, text: list.data?.title ?? t('event.title_page') }}>
		<${ErrorBox} error=${remove.error} />
		<${Load} of=${list}>${(/** @type {any} */ data) => html`<${List} data=${data} onEdit=${edit} onRemove=${remove.run} busy=${remove.busy} />
			${data.in_class && html`<${FromRegisters} id=${id} />`}
			${editing && html`<${StaffForm} event=${id} data=${data} member=${editing} onDone=${done} />`}`}<//>
	<//>`;
}
