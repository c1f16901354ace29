// The form of an ECM event.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { html } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { asOptions } from '../../tables.js';
import { AccreditedField } from '../../ui/accredited.js';
import { useAction } from '../../ui/busy.js';
import { SelectField, TextField } from '../../ui/field.js';
import { formErrors } from '../../ui/form-errors.js';
import { ErrorBox } from '../../ui/problems.js';
import { ComputedCredits } from './computed-credits.js';
import { formFaults, ofPath, toEvent, toForm, typesOf } from './event-fields.js';
import { Check } from './final-rules.js';

/** Does the study time stand for the event's hours, as it does unless said otherwise? @param {any} form */
const sameHours = (form) => Number(form.minutes_needed) === Number(form.ore) * 60;

/**
 * Whose path the event certifies: everybody's, or that of some levels.
 * @param {{form: any, levels: any[], set: (change: Record<string, any>) => void, error: string | null}} props
 */
function Levels({ form, levels, set, error }) {
	const toggle = (/** @type {string} */ id, /** @type {boolean} */ on) => set({ levels: levels.map((level) => level.id).filter((one) => (one === id ? on : form.levels.includes(one))) });
	const hours = (/** @type {any} */ level) => t('matrix.sum_of', { n: level.modules, minutes: level.minutes, hours: Math.floor(level.minutes / 60) });
	return html`<fieldset class="plain mb-3" id="levels" tabindex="-1" aria-describedby=${error ? 'levels-error' : undefined}>
		<legend>${t('event.levels')}</legend>
		<p class="field-help">${t('event.levels_help')}</p>
		${[false, true].map((some) => html`<div key=${some} class="check">
			<input type="radio" name="some_levels" id=${`some_levels_${some}`} checked=${form.some_levels === some} onChange=${() => set({ some_levels: some })} />
			<label for=${`some_levels_${some}`}>${t(some ? 'event.some_levels' : 'events.all_levels')}</label>
		</div>`)}
		${form.some_levels && html`<div class="ms-4">${levels.map((level) => html`<${Check} key=${level.id} id=${`level_${level.id}`} label=${`${pick(level, 'name')}: ${hours(level)}`}
			on=${form.levels.includes(level.id)} onChange=${(/** @type {boolean} */ on) => toggle(level.id, on)} />`)}</div>`}
		${error && html`<p class="field-error" id="levels-error">${error}</p>`}
	</fieldset>`;
}

/** @param {{event: any, levels: any[], objectives: any[], onSaved: (event: any) => void}} props */
export function EventForm({ event, levels, objectives, onSaved }) {
	const [form, setForm] = useState(toForm(event));
	const [tried, setTried] = useState(false);
	const save = useAction(async () => {
		const body = toEvent(form);
		const answer = event.id ? await api.put(`/ecm/events/${event.id}`, body) : await api.post('/ecm/events', body);
		onSaved(answer?.event ?? answer);
	});
	const faults = tried ? formFaults(form) : {};
	const errors = formErrors(save.error, Object.keys(form));
	const set = (/** @type {Record<string, any>} */ change) => setForm({ ...form, ...change });
	const field = (/** @type {string} */ name, /** @type {boolean} */ help = false) => ({
		id: name, label: t(`event.${name}`), value: form[name],
		help: help ? t(`event.${name}_help`) : null,
		error: faults[name] ? t(faults[name]) : errors.of(name),
		onInput: (/** @type {string} */ value) => set({ [name]: value }),
	});
	const setForm1 = (/** @type {string} */ value) => set({ tipo_form: Number(value), cod_tipologia_form: typesOf[Number(value)][0] });
	const submit = (/** @type {Event} */ submitted) => {
		submitted.preventDefault();
		setTried(true);
		const [first] = Object.keys(formFaults(form));
		if (first) {
			document.getElementById(first)?.focus();
		} else {
			save.run();
		}
	};
	return html`<form class="panel" onSubmit=${submit} noValidate>
		<div class="field-grid">
			<${TextField} ...${field('title')} class="wide" required maxlength="250" />
			<${TextField} ...${field('cod_evento', true)} required maxlength="20" spellcheck="false" />
			<${TextField} ...${field('cod_edi', true)} type="number" min="1" max="999" required />
			<${TextField} ...${field('cod_org', true)} optional maxlength="20" spellcheck="false" />
			<${TextField} ...${field('cod_accr', true)} required maxlength="3" inputmode="numeric" />
			<${TextField} ...${field('data_ini')} type="date" required />
			<${TextField} ...${field('data_fine', true)} type="date" required />
			<${TextField} ...${field('crediti', true)} required inputmode="decimal" />
			<${TextField} ...${field('ore', true)} type="number" min="1" max="999" required />
			<${TextField} ...${field('minutes_needed', true)} type="number" min="0" optional />
			<${SelectField} ...${field('tipo_form')} onInput=${setForm1} options=${[1, 2, 3, 4].map((code) => [code, t(`tipo_form.${code}`)])} />
			<${SelectField} ...${field('cod_tipologia_form')} options=${typesOf[form.tipo_form].map((code) => [code, t(`tipologia.${code}`)])} />
			<${SelectField} ...${field('tipo_eve', true)} options=${['P', 'E'].map((code) => [code, t(`tipo_eve.${code}`)])} />
			<${TextField} ...${field('num_part', true)} type="number" min="1" max="999999" required />
			<${SelectField} ...${field('cod_obi', true)} class="wide" options=${asOptions(objectives).map(([code, name]) => [code, `${code}. ${name}`])} />
			<${AccreditedField} id="accredited" label=${t('event.accredited')} value=${form.accredited} error=${faults.accredited ? t(faults.accredited) : errors.of('accredited')} onChange=${(/** @type {string[] | null} */ accredited) => set({ accredited })} />
		</div>
		${ofPath(Number(form.tipo_form)) && html`<${Levels} form=${form} levels=${levels} set=${set} error=${faults.levels ? t(faults.levels) : errors.of('levels')} />`}
		<${Check} id="theme" label=${t('event.theme')} on=${form.theme} onChange=${(/** @type {boolean} */ theme) => set({ theme })} />
		<${ComputedCredits} form=${form} onUse=${(/** @type {string} */ crediti) => set({ crediti })} onHours=${(/** @type {number} */ ore) => set({ ore, minutes_needed: sameHours(form) ? ore * 60 : form.minutes_needed })} onReason=${(/** @type {string} */ reason) => set({ credits_reason: reason })} />
		<${ErrorBox} error=${errors.rest} title=${t('event.not_saved')} />
		<button type="submit" class="btn btn-primary" disabled=${save.busy}>${t(event.id ? 'event.save' : 'event.create')}</button>
	</form>`;
}
