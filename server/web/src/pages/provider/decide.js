// The provider's decisions on a person: another level, one more questionnaire. Both are recorded with their reason.

import { useState } from 'preact/hooks';
import { api, query } from '../../api.js';
import { number } from '../../format.js';
import { html } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { useAction } from '../../ui/busy.js';
import { Dialog } from '../../ui/dialog.js';
import { SelectField, TextArea } from '../../ui/field.js';
import { formErrors } from '../../ui/form-errors.js';
import { Load, useLoad } from '../../ui/load.js';
import { notify } from '../../ui/notices.js';
import { ErrorBox } from '../../ui/problems.js';

/** The text of what another level does to the event that the person counts in. @param {any} move */
export function moveText({ from, to, because, kept }) {
	if (!to) {
		return 'person.move_none';
	}
	if (because !== 'level') {
		return kept ? `person.move_${because}` : 'person.move_same';
	}
	return !from ? 'person.move_new' : from.id === to.id ? 'person.move_same' : 'person.move_other';
}

/** What another level does to the event that the person counts in. @param {{person: any, level: string}} props */
function Move({ person, level }) {
	const move = useLoad(() => api.get(`/people/${person.id}/placement/override${query({ level })}`), [level]);
	const credits = (/** @type {any} */ event) => event && number(Number(event.crediti), { minimumFractionDigits: 1 });
	return html`<div class="panel panel-tinted mb-3" aria-live="polite"><${Load} of=${move}>${(/** @type {any} */ data) => html`<p class="mb-0">${t(moveText(data), {
		from: data.from?.title, from_hours: data.from?.ore, from_credits: credits(data.from),
		to: data.to?.title, to_hours: data.to?.ore, to_credits: credits(data.to), done: data.modules_completed, modules: data.modules })}</p>`}<//></div>`;
}

/** @param {{what: 'override' | 'retake', person: any, levels: any[], onClose: (done: boolean) => void}} props */
export function Decide({ what, person, levels, onClose }) {
	const [level, setLevel] = useState('');
	const [why, setWhy] = useState('');
	const save = useAction(async () => {
		await (what === 'override'
			? api.post(`/people/${person.id}/placement/override`, { level, why })
			: api.post(`/people/${person.id}/placement/allow-retake`, { why }));
		notify(t(`person.${what}_done`));
		onClose(true);
	});
	const errors = formErrors(save.error, ['level', 'why']);
	const submit = (/** @type {Event} */ event) => {
		event.preventDefault();
		save.run();
	};
	return html`<${Dialog} title=${t(`person.${what}`)} onClose=${() => onClose(false)}>
		<form onSubmit=${submit}>
			<p>${t(`person.${what}_text`, { name: `${person.given_name} ${person.family_name}` })}</p>
			${what === 'override' && html`<${SelectField} id="level" label=${t('person.new_level')} value=${level} onInput=${setLevel} error=${errors.of('level')}
				empty=${t('person.choose_level')} options=${levels.filter((one) => one.id !== person.level?.id).map((one) => [one.id, pick(one, 'name')])} required />
				${level && html`<${Move} person=${person} level=${level} />`}`}
			<${TextArea} id="why" label=${t('person.why')} help=${t('person.why_help')} value=${why} onInput=${setWhy} error=${errors.of('why')} required maxlength="500" />
			<${ErrorBox} error=${errors.rest} />
			<div class="actions">
				<button type="submit" class="btn btn-primary" disabled=${save.busy || !why.trim() || (what === 'override' && !level)}>${t(`person.${what}_go`)}</button>
				<button type="button" class="btn btn-outline-primary" onClick=${() => onClose(false)}>${t('action.cancel')}</button>
			</div>
		</form>
	<//>`;
}
