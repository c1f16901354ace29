// The sessions of a class: when, where, with whom; each has its register.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { date } from '../../format.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { useAction } from '../../ui/busy.js';
import { Dialog } from '../../ui/dialog.js';
import { SelectField, TextField } from '../../ui/field.js';
import { formErrors } from '../../ui/form-errors.js';
import { Load, useLoad } from '../../ui/load.js';
import { ErrorBox } from '../../ui/problems.js';
import { Table } from '../../ui/table.js';
import { classPath } from '../final/which.js';

const fresh = { day: '', begins: '09:00', ends: '13:00', venue: '', teacher: '' };

/** A new venue, inside the session's form. @param {{onMade: (venue: any) => void}} props */
function NewVenue({ onMade }) {
	const [form, setForm] = useState({ name: '', address: '', town: '', seats: '' });
	const make = useAction(async () => onMade(await api.post('/venues', { ...form, seats: Number(form.seats) })));
	const errors = formErrors(make.error, ['name', 'town', 'seats']);
	const field = (/** @type {'name' | 'address' | 'town' | 'seats'} */ name, /** @type {any} */ rest) => html`<${TextField} id=${`venue-${name}`} label=${t(`venue.${name}`)} value=${form[name]} error=${errors.of(name)} onInput=${(/** @type {string} */ value) => setForm({ ...form, [name]: value })} ...${rest} />`;
	return html`<fieldset class="panel panel-tinted mb-3"><legend class="h6">${t('venue.new')}</legend>
		${field('name', { maxlength: 100 })}${field('address', { maxlength: 100, optional: true })}
		<div class="field-grid">${field('town', { maxlength: 50 })}${field('seats', { type: 'number', min: 0, max: 10000, optional: true })}</div>
		<${ErrorBox} error=${errors.rest} />
		<button type="button" class="btn btn-outline-primary" disabled=${make.busy} onClick=${make.run}>${t('venue.make')}</button>
	</fieldset>`;
}

/** @param {{session: any, data: any, onClose: (saved: boolean) => void}} props session without id: a new one */
function SessionDialog({ session, data, onClose }) {
	const [form, setForm] = useState({ ...session, venue: session.venue ?? '', teacher: session.teacher ?? '' });
	const [newVenue, showNewVenue] = useState(false);
	const venues = useLoad(() => api.get('/venues'));
	const save = useAction(async () => {
		const body = { day: form.day, begins: form.begins, ends: form.ends, venue: form.venue ? Number(form.venue) : null, teacher: form.teacher ? Number(form.teacher) : null };
		await (session.id ? api.put(`/class-sessions/${session.id}`, body) : api.post(`/class-groups/${data.group.id}/sessions`, body));
		onClose(true);
	});
	const errors = formErrors(save.error, ['day', 'begins', 'ends', 'venue', 'teacher']);
	const field = (/** @type {string} */ name, /** @type {string} */ type, /** @type {any} */ rest = {}) => html`<${TextField} id=${name} type=${type} label=${t(`classes.${name}`)} value=${form[name]} error=${errors.of(name)} required onInput=${(/** @type {string} */ value) => setForm({ ...form, [name]: value })} ...${rest} />`;
	const submit = (/** @type {Event} */ event) => {
		event.preventDefault();
		save.run();
	};
	const made = async (/** @type {any} */ venue) => {
		await venues.reload();
		setForm({ ...form, venue: String(venue.id) });
		showNewVenue(false);
	};
	return html`<${Dialog} title=${t(session.id ? 'classes.session' : 'classes.new_session')} onClose=${() => onClose(false)}>
		<form onSubmit=${submit} noValidate>
			${field('day', 'date', { min: data.event.data_ini, max: data.event.data_fine })}
			<div class="field-grid">${field('begins', 'time')}${field('ends', 'time')}</div>
			<${Load} of=${venues}>${(/** @type {any} */ { venues: list }) => html`<${SelectField} id="venue" label=${t('classes.venue')} value=${form.venue} error=${errors.of('venue')} empty=${t('classes.venue_none')}
				onInput=${(/** @type {string} */ venue) => setForm({ ...form, venue })} options=${list.map((/** @type {any} */ one) => [one.id, `${one.name}, ${one.town}${one.seats ? ` (${t('venue.of_seats', { n: one.seats })})` : ''}`])} />`}<//>
			${newVenue ? html`<${NewVenue} onMade=${made} />` : html`<p><button type="button" class="btn btn-link p-0" onClick=${() => showNewVenue(true)}>${t('venue.new')}</button></p>`}
			<${SelectField} id="teacher" label=${t('classes.teacher')} value=${form.teacher} error=${errors.of('teacher')} empty=${t('classes.teacher_any')} help=${data.staff.length === 0 ? t('classes.teacher_first') : undefined}
				onInput=${(/** @type {string} */ teacher) => setForm({ ...form, teacher })} options=${data.staff.map((/** @type {any} */ one) => [one.person, `${one.given_name} ${one.family_name}`])} />
			<${ErrorBox} error=${errors.rest} />
			<div class="actions"><button type="submit" class="btn btn-primary" disabled=${save.busy}>${t('action.save')}</button>
				<button type="button" class="btn btn-outline-primary" onClick=${() => onClose(false)}>${t('action.cancel')}</button></div>
		</form>
	<//>`;
}

/** @param {{data: any, reload: () => Promise<void>}} props */
export function GroupSessions({ data, reload }) {
	const [edited, edit] = useState(/** @type {any} */ (null));
	const remove = useAction(async (/** @type {any} */ session) => {
		await api.delete(`/class-sessions/${session.id}`);
		await reload();
	});
	const manage = data.may_manage && !data.group.closed;
	const columns = [
		{ name: t('classes.when'), head: true, cell: (/** @type {any} */ one) => html`${date(one.day)}<span class="sub">${one.begins} – ${one.ends}</span>` },
		{ name: t('classes.venue'), cell: (/** @type {any} */ one) => (one.venue_name ? html`${one.venue_name}<span class="sub">${[one.address, one.town].filter(Boolean).join(', ')}</span>` : '—') },
		{ name: t('classes.teacher'), cell: (/** @type {any} */ one) => one.teacher_name || '—' },
		{ name: t('classes.actions'), actions: true, cell: (/** @type {any} */ one) => html`<a class="btn btn-sm btn-primary" href=${classPath(`/incontri/${one.id}`)}>${t('classes.open_register')}</a>
			${manage && html`<button type="button" class="btn btn-sm btn-outline-primary" onClick=${() => edit(one)}>${t('classes.change')}</button>
				<button type="button" class="btn btn-sm btn-outline-primary" disabled=${remove.busy} onClick=${() => remove.run(one)}>${t('classes.remove')}</button>`}` },
	];
	const close = (/** @type {boolean} */ saved) => {
		edit(null);
		if (saved) {
			reload();
		}
	};
	return html`<section aria-labelledby="sessions"><h2 class="h4" id="sessions">${t('classes.sessions')}</h2>
		<${Table} caption=${t('classes.sessions')} columns=${columns} rows=${data.sessions} keyOf=${(/** @type {any} */ one) => one.id} empty=${t('classes.no_sessions')} />
		<${ErrorBox} error=${remove.error} />
		${manage && html`<p class="actions"><button type="button" class="btn btn-outline-primary" onClick=${() => edit({ ...fresh, day: data.sessions.at(-1)?.day ?? data.event.data_ini, venue: data.sessions.at(-1)?.venue, teacher: data.sessions.at(-1)?.teacher })}>${t('classes.new_session')}</button></p>`}
		${edited && html`<${SessionDialog} session=${edited} data=${data} onClose=${close} />`}
	</section>`;
}
