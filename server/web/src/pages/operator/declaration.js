// The declaration about recruitment by sponsors [DPR 445/2000].

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { date } from '../../format.js';
import { html, classes } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { navigate } from '../../router.js';
import { useAction } from '../../ui/busy.js';
import { TextField } from '../../ui/field.js';
import { formErrors } from '../../ui/form-errors.js';
import { Load, useLoad } from '../../ui/load.js';
import { notify } from '../../ui/notices.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';
import { Check } from '../provider/final-rules.js';
import { callPath, pageAbove } from '../final/which.js';

/** What is missing in the form, as keys of texts. @param {{recruited: boolean | null, sponsor: string, confirmed: boolean}} form */
function faultsOf(form) {
	return {
		...(form.recruited === null && { recruited: 'declare.choose' }),
		...(form.recruited && !form.sponsor.trim() && { sponsor: 'declare.write' }),
		...(!form.confirmed && { confirmed: 'declare.must_confirm' }),
	};
}

/** @param {{credits: import('../../types.js').Credits}} props */
function Form({ credits }) {
	const before = credits.declaration;
	const [form, setForm] = useState({ recruited: before ? before.recruited : /** @type {boolean | null} */ (null), sponsor: before?.sponsor ?? '', works_here: before?.works_here ?? credits.company_known, confirmed: false });
	const [tried, setTried] = useState(false);
	const set = (/** @type {any} */ change) => setForm({ ...form, ...change });
	const send = useAction(async () => {
		await api.post(callPath('/me/declaration'), { ...form, sponsor: form.recruited ? form.sponsor : '' });
		notify(t('declare.done'));
		navigate(pageAbove().href);
	});
	/** @type {Record<string, string>} */
	const faults = tried ? faultsOf(form) : {};
	const errors = formErrors(send.error, ['sponsor']);
	const submit = (/** @type {Event} */ event) => {
		event.preventDefault();
		setTried(true);
		const [first] = Object.keys(faultsOf(form));
		if (first) {
			document.getElementById(first === 'recruited' ? 'recruited-no' : first)?.focus();
		} else {
			send.run();
		}
	};
	const answer = (/** @type {string} */ id, /** @type {boolean} */ value) => html`<div class=${classes('option', form.recruited === value && 'option-on')}>
		<input type="radio" name="recruited" id=${`recruited-${id}`} checked=${form.recruited === value} onChange=${() => set({ recruited: value })} />
		<label for=${`recruited-${id}`}>${t(`declare.${id}`)}</label>
	</div>`;
	return html`<form onSubmit=${submit} noValidate>
		${before && html`<p class="alert alert-info">${t('declare.before', { date: date(before.at) })}</p>`}
		<fieldset class=${classes('question', faults.recruited && 'field-wrong')} aria-describedby="recruited-help">
			<legend class="h6">${t('declare.recruited')}</legend>
			<p class="field-help" id="recruited-help">${t('declare.recruited_help')}</p>
			${faults.recruited && html`<p class="field-error">${t(faults.recruited)}</p>`}
			${answer('no', false)}${answer('yes', true)}
		</fieldset>
		${form.recruited && html`<${TextField} id="sponsor" label=${t('declare.sponsor')} help=${t('declare.sponsor_help')} required maxlength="100" value=${form.sponsor}
			error=${faults.sponsor ? t(faults.sponsor) : errors.of('sponsor')} onInput=${(/** @type {string} */ sponsor) => set({ sponsor })} />`}
		<${Check} id="works_here" label=${t('declare.works_here')} on=${form.works_here} onChange=${(/** @type {boolean} */ on) => set({ works_here: on })} />
		<section class="panel panel-tinted mt-4 mb-4" aria-labelledby="declared-text">
			<h2 class="h6" id="declared-text">${t('declare.text')}</h2>
			<p class="mb-0">${pick(credits, 'declaration_text')}</p>
		</section>
		<${Check} id="confirmed" label=${t('declare.confirm')} on=${form.confirmed} onChange=${(/** @type {boolean} */ on) => set({ confirmed: on })} />
		${faults.confirmed && html`<p class="field-error" role="alert">${t(faults.confirmed)}</p>`}
		<${ErrorBox} error=${errors.rest} title=${t('declare.failed')} />
		<p class="actions"><button type="submit" class="btn btn-primary" disabled=${send.busy}>${t('declare.send')}</button></p>
	</form>`;
}

export function DeclarationPage() {
	const credits = useLoad(() => api.get(callPath('/me/credits')));
	return html`<${Page} title=${t('declare.title')} lead=${credits.data?.event?.title} up=${pageAbove()}>
		<${Load} of=${credits}>${(/** @type {any} */ data) => (data.event ? html`<${Form} credits=${data} />` : html`<div class="empty"><p>${t('credits.no_event')}</p></div>`)}<//>
	<//>`;
}
