// The rules of the placement questionnaire: how many questions, retakes, levels and their cut scores.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { useAction } from '../../ui/busy.js';
import { TextField } from '../../ui/field.js';
import { Load, useLoad } from '../../ui/load.js';
import { notify } from '../../ui/notices.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';

/** What the server takes, from what the form holds (cuts as percentages, numbers as text). @param {any} form */
export function toPolicy(form) {
	return {
		items_per_area: Number(form.items_per_area),
		retakes: Number(form.retakes),
		retake_after_days: Number(form.retake_after_days),
		levels: form.levels.map((/** @type {any} */ level) => ({ id: level.id, name_it: level.name_it, name_en: level.name_en, cut: Number(level.cut) / 100 })),
	};
}

/** @param {any} policy */
export function toForm(policy) {
	return { ...policy, levels: policy.levels.map((/** @type {any} */ level) => ({ ...level, cut: Math.round(level.cut * 1000) / 10 })) };
}

/** @param {{policy: any}} props */
function Form({ policy }) {
	const [form, setForm] = useState(toForm(policy));
	const set = (/** @type {string} */ field) => (/** @type {string} */ value) => setForm({ ...form, [field]: value });
	const setLevel = (/** @type {number} */ i, /** @type {string} */ field) => (/** @type {string} */ value) => setForm({
		...form,
		levels: form.levels.map((/** @type {any} */ level, /** @type {number} */ k) => (k === i ? { ...level, [field]: value } : level)),
	});
	const save = useAction(async () => {
		await api.put('/placement/policy', toPolicy(form));
		notify(t('policy.saved'));
	});
	const submit = (/** @type {Event} */ event) => {
		event.preventDefault();
		save.run();
	};
	return html`<form onSubmit=${submit}>
		<div class="panel mb-4">
			<h2 class="h5">${t('policy.questions')}</h2>
			<div class="field-grid">
				<${TextField} id="items" label=${t('policy.items')} help=${t('policy.items_help')} type="number" min="1" max="50" value=${form.items_per_area} onInput=${set('items_per_area')} required />
				<${TextField} id="retakes" label=${t('policy.retakes')} help=${t('policy.retakes_help')} type="number" min="0" max="100" value=${form.retakes} onInput=${set('retakes')} required />
				<${TextField} id="days" label=${t('policy.days')} type="number" min="0" max="3650" value=${form.retake_after_days} onInput=${set('retake_after_days')} required />
			</div>
		</div>
		<div class="panel">
			<h2 class="h5">${t('policy.levels')}</h2>
			<p>${t('policy.levels_help')}</p>
			${form.levels.map((/** @type {any} */ level, /** @type {number} */ i) => html`<fieldset key=${level.id} class="plain">
				<legend>${t('policy.level_n', { n: i + 1 })}</legend>
				<div class="field-grid">
					<${TextField} id=${`level-it-${i}`} label=${t('policy.name_it')} value=${level.name_it} onInput=${setLevel(i, 'name_it')} required maxlength="80" />
					<${TextField} id=${`level-en-${i}`} label=${t('policy.name_en')} value=${level.name_en} onInput=${setLevel(i, 'name_en')} required maxlength="80" />
					<${TextField} id=${`level-cut-${i}`} label=${t('policy.cut')} help=${i === 0 ? t('policy.cut_first') : null} type="number" min="0" max="100" step="0.1" readonly=${i === 0}
						value=${level.cut} onInput=${setLevel(i, 'cut')} required />
				</div>
			</fieldset>`)}
			<${ErrorBox} error=${save.error} title=${t('policy.not_saved')} />
			<button type="submit" class="btn btn-primary" disabled=${save.busy}>${t('action.save')}</button>
		</div>
	</form>`;
}

export function PolicyPage() {
	const policy = useLoad(() => api.get('/placement/policy'));
	return html`<${Page} title=${t('policy.title')} lead=${t('policy.lead')} actions=${html`<a class="btn btn-outline-primary" href="/soglie">${t('standard.title')}</a>`}>
		<${Load} of=${policy}>${(/** @type {any} */ data) => html`<${Form} policy=${data} />`}<//>
	<//>`;
}
