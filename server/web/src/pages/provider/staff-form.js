// One teacher, speaker or tutor: who it is (found among the people, or new), the duty, the credits.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { html } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { useAction } from '../../ui/busy.js';
import { Dialog } from '../../ui/dialog.js';
import { SelectField, TextField } from '../../ui/field.js';
import { formErrors } from '../../ui/form-errors.js';
import { ErrorBox } from '../../ui/problems.js';
import { contracts } from '../../ui/person-data.js';
import { ProfessionsField, professionsText } from '../../ui/professions.js';
import { credits } from './event-fields.js';
import { Check } from './final-rules.js';

const nobody = { codice_fiscale: '', family_name: '', given_name: '', professions: /** @type {any[]} */ ([]), contract: '' };

/** What the duty gives, as the server computes it; null: no rule, or the share of the event's credits. @param {any} duty @param {number} amount */
function computedCredits(duty, amount) {
	if (!duty?.tenths || !duty.each) {
		return null;
	}
	return (Math.min(Math.floor(amount / duty.each) * duty.tenths, duty.max ?? 500) / 10).toFixed(1);
}

/** @param {any} form @param {boolean} fresh */
function toMember(form, fresh) {
	return {
		duty: form.duty, amount: Number(form.amount) || 0, credits: form.credits === '' ? null : credits(form.credits), day: form.day || null,
		recruited: form.recruited, sponsor: form.recruited ? form.sponsor : '', reason: form.reason,
		...(fresh && { codice_fiscale: form.codice_fiscale.trim().toUpperCase(), family_name: form.family_name.trim(), given_name: form.given_name.trim(), contract: form.contract, professions: professionsText(form.professions) }),
	};
}

/** Who it is: by the tax code; the rest only when nobody here has it. @param {{form: any, set: (change: any) => void, field: (name: string) => any, errors: any}} props */
function Who({ form, set, field, errors }) {
	const find = useAction(async () => {
		const { people } = await api.get(`/people?search=${encodeURIComponent(form.codice_fiscale.trim())}`);
		set({ known: people.find((/** @type {any} */ one) => one.codice_fiscale === form.codice_fiscale.trim().toUpperCase()) ?? false });
	});
	const complete = form.codice_fiscale.trim().length === 16;
	return html`<div class="field-grid">
		<${TextField} ...${field('codice_fiscale')} class="wide" help=${t('staff.code_help')} required maxlength="16" spellcheck="false" autocapitalize="characters" autocomplete="off" onBlur=${() => complete && find.run()} />
		${form.known && html`<p class="wide"><strong>${form.known.given_name} ${form.known.family_name}</strong>${form.known.profession && html`<span class="sub">${form.known.profession.name}</span>`}</p>`}
		${complete && form.known === false && html`
			<p class="wide muted">${t('staff.unknown')}</p>
			<${TextField} ...${field('family_name')} required autocomplete="off" />
			<${TextField} ...${field('given_name')} required autocomplete="off" />
			<${SelectField} ...${field('contract')} class="wide" empty=${t('users.unset')} options=${contracts.map((code) => [code, t(`contract.${code}`)])} />
			<${ProfessionsField} id="staff-professions" value=${form.professions} error=${errors.of('professions')} onChange=${(/** @type {any} */ professions) => set({ professions })} />`}
	</div>`;
}

/** @param {{event: string, data: any, member: any, onDone: (data: any) => void}} props member: {} for a new one */
export function StaffForm({ event, data, member, onDone }) {
	const fresh = !member.person;
	const [form, setForm] = useState({ ...nobody, known: undefined, duty: data.duties[0]?.id ?? '', amount: '', credits: '', day: data.data_fine, recruited: false, sponsor: '', reason: '', ...member });
	const save = useAction(async () => {
		const body = toMember(form, fresh);
		onDone(fresh ? await api.post(`/ecm/events/${event}/staff`, body) : await api.put(`/ecm/events/${event}/staff/${member.person}`, body));
	});
	const errors = formErrors(save.error, ['codice_fiscale', 'family_name', 'given_name', 'contract', 'professions', 'duty', 'amount', 'credits', 'day', 'sponsor', 'reason']);
	const set = (/** @type {any} */ change) => setForm((/** @type {any} */ old) => ({ ...old, ...change }));
	const field = (/** @type {string} */ name) => ({
		id: `staff-${name}`, label: t(`staff.${name}`), value: form[name], error: errors.of(name),
		onInput: (/** @type {string} */ value) => set({ [name]: value }),
	});
	const duty = data.duties.find((/** @type {any} */ one) => one.id === form.duty);
	const computed = computedCredits(duty, Number(form.amount) || 0);
	const differs = computed !== null && form.credits !== '' && credits(form.credits) !== computed;
	const submit = (/** @type {Event} */ submitted) => {
		submitted.preventDefault();
		save.run();
	};
	return html`<${Dialog} title=${fresh ? t('staff.add') : `${member.given_name} ${member.family_name}`} onClose=${() => onDone(null)}>
		<form onSubmit=${submit} noValidate>
			${fresh && html`<${Who} form=${form} set=${set} field=${field} errors=${errors} />`}
			<div class="field-grid">
				<${SelectField} ...${field('duty')} options=${data.duties.map((/** @type {any} */ one) => [one.id, pick({ name_it: one.it, name_en: one.en }, 'name')])} />
				${duty && duty.unit !== 'event' && html`<${TextField} ...${field('amount')} label=${t(`staff.unit_${duty.unit}`)} type="number" min="1" max="99999" required />`}
				<${TextField} ...${field('credits')} help=${computed === null ? t(duty?.percent ? 'staff.credits_percent' : 'staff.credits_none', { n: duty?.percent }) : t('staff.credits_help', { n: computed })} inputmode="decimal" />
				<${TextField} ...${field('day')} type="date" min=${data.data_ini} max=${data.data_fine} help=${t('staff.day_help')} required />
				${(differs || form.reason) && html`<${TextField} ...${field('reason')} class="wide" optional maxlength="500" />`}
			</div>
			<${Check} id="staff-recruited" label=${t('staff.recruited')} on=${form.recruited} onChange=${(/** @type {boolean} */ recruited) => set({ recruited })} />
			${form.recruited && html`<${TextField} ...${field('sponsor')} required maxlength="100" />`}
			<${ErrorBox} error=${errors.rest} title=${t('staff.not_saved')} />
			<div class="actions"><button type="submit" class="btn btn-primary" disabled=${save.busy}>${t('action.save')}</button></div>
		</form>
	<//>`;
}
