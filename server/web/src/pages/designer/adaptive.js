// How the adaptive questionnaire chooses and stops: the policy, and simulated people before real ones.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { dateTime, number, percent } from '../../format.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { useAction } from '../../ui/busy.js';
import { SelectField, TextField } from '../../ui/field.js';
import { Load, useLoad } from '../../ui/load.js';
import { notify } from '../../ui/notices.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';
import { Simulation } from './simulation.js';

const RULES = ['expected_gain', 'mutual_information', 'information_at_cuts', 'information', 'random'];

/** The policy that the server takes, from the form. What the form does not show stays as it was. @param {any} form */
function toAdaptive(form) {
	const gain = form.rule === 'expected_gain';
	return {
		...form.policy,
		cuts: form.cuts.map((/** @type {string} */ cut) => Number(String(cut).replace(',', '.'))),
		select: { ...form.policy.select, rule: form.rule },
		exposure: { maximum: Number(form.exposure) / 100 },
		stop: {
			...form.policy.stop,
			minimum: Number(form.minimum),
			maximum: Number(form.maximum),
			mean: Number(form.mean),
			rules: gain ? [{ rule: 'gain' }] : [{ rule: 'posterior', at: Number(form.sure) / 100 }],
		},
		pilots: Number(form.pilots),
	};
}

/** @param {any} policy */
function fromAdaptive(policy) {
	const { stop } = policy;
	return {
		policy,
		cuts: policy.cuts.map(String),
		rule: policy.select?.rule ?? 'expected_gain',
		exposure: Math.round((policy.exposure?.maximum ?? 1) * 100),
		minimum: stop?.minimum ?? 4,
		maximum: stop?.maximum ?? 20,
		mean: stop?.mean ?? 13,
		sure: Math.round(100 * (stop?.rules?.find((/** @type {any} */ one) => one.rule === 'posterior')?.at ?? 0.9)),
		pilots: policy.pilots ?? 0,
	};
}

/** @param {{data: any, reload: () => void}} props */
function Form({ data, reload }) {
	const inForce = data.versions[0]?.policy ?? null;
	const [form, setForm] = useState(fromAdaptive(inForce ?? data.offered));
	const [result, setResult] = useState(/** @type {any} */ (null));
	const set = (/** @type {string} */ field) => (/** @type {string} */ value) => setForm({ ...form, [field]: value });
	const simulate = useAction(async () => {
		setResult(null);
		setResult(await api.post('/placement/adaptive/simulate', { policy: toAdaptive(form), persons: 5000 }));
	});
	const save = useAction(async () => {
		await api.put('/placement/adaptive', { policy: toAdaptive(form) });
		notify(t('adaptive.saved'));
		reload();
	});
	const off = useAction(async () => {
		await api.put('/placement/adaptive', { policy: null });
		notify(t('adaptive.saved'));
		reload();
	});
	const submit = (/** @type {Event} */ event) => {
		event.preventDefault();
		simulate.run();
	};
	const whole = (/** @type {string} */ field, /** @type {any} */ more = {}) => html`<${TextField} id=${field} label=${t(`adaptive.${field}`)}
		type="number" min="1" max="60" value=${/** @type {any} */ (form)[field]} onInput=${set(field)} required ...${more} />`;
	return html`
		<p class="lead">${t(`adaptive.method_${data.method}`)}</p>
		<p class="muted">${data.bank ? t('adaptive.bank', data.bank) : t('adaptive.no_bank')}</p>
		<form onSubmit=${submit} class="panel mb-4">
			<div class="field-grid">
				${form.cuts.map((/** @type {string} */ cut, /** @type {number} */ i) => html`<${TextField} key=${i} id=${`cut-${i}`} label=${t('adaptive.cut_n', { n: i + 1 })}
					help=${i === 0 ? t('adaptive.cut_help') : null} value=${cut} inputmode="decimal" required
					onInput=${(/** @type {string} */ value) => setForm({ ...form, cuts: form.cuts.map((/** @type {string} */ one, /** @type {number} */ k) => (k === i ? value : one)) })} />`)}
				<${SelectField} id="rule" label=${t('adaptive.rule')} value=${form.rule} onInput=${set('rule')} options=${RULES.map((rule) => [rule, t(`adaptive.rule_${rule}`)])} />
				${form.rule !== 'expected_gain' && whole('sure', { min: 50, max: 99, help: t('adaptive.sure_help') })}
				${whole('minimum')}
				${whole('maximum')}
				${form.rule === 'expected_gain' && whole('mean', { step: '0.5', help: t('adaptive.mean_help') })}
				${whole('exposure', { min: 2, max: 100, help: t('adaptive.exposure_help') })}
				${whole('pilots', { min: 0, max: 10, help: t('adaptive.pilots_help') })}
			</div>
			<${ErrorBox} error=${simulate.error ?? save.error ?? off.error} title=${t('adaptive.refused')} />
			<p class="actions">
				<button type="submit" class="btn btn-primary" disabled=${simulate.busy || save.busy}>${t('adaptive.simulate')}</button>
				<button type="button" class="btn btn-outline-primary" disabled=${simulate.busy || save.busy} onClick=${save.run}>${t('adaptive.save')}</button>
				${inForce && html`<button type="button" class="btn btn-outline-danger" disabled=${off.busy} onClick=${off.run}>${t('adaptive.off')}</button>`}
			</p>
			<p role="status" class="muted">${simulate.busy ? t('adaptive.simulating') : save.busy ? t('adaptive.pricing') : ''}</p>
		</form>
		${result && html`<${Simulation} result=${result} cap=${Number(form.exposure) / 100} />`}
		<section aria-labelledby="versions"><h2 id="versions" class="h5">${t('adaptive.versions')}</h2>
			${data.versions.length === 0 ? html`<p>${t('adaptive.no_versions')}</p>` : html`<ul>${data.versions.map((/** @type {any} */ one) => html`<li key=${one.id}>
				${t('adaptive.version', { id: one.id, at: dateTime(one.made_at) })}: ${one.policy
					? t('adaptive.version_text', { cuts: one.policy.cuts.map(number).join(' / '), maximum: one.policy.stop.maximum, exposure: percent(one.policy.exposure.maximum) })
					: t('adaptive.version_off')}</li>`)}</ul>`}
		</section>`;
}

export function AdaptivePage() {
	const data = useLoad(() => api.get('/placement/adaptive'));
	return html`<${Page} title=${t('adaptive.title')} lead=${t('adaptive.lead')}>
		<${Load} of=${data}>${(/** @type {any} */ found) => html`<${Form} data=${found} reload=${data.reload} />`}<//>
	<//>`;
}
