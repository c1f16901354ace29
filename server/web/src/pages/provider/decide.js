// The provider's decisions on a person: another level, one more questionnaire. Both are recorded with their reason.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { html } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { useAction } from '../../ui/busy.js';
import { Dialog } from '../../ui/dialog.js';
import { SelectField, TextArea } from '../../ui/field.js';
import { formErrors } from '../../ui/form-errors.js';
import { notify } from '../../ui/notices.js';
import { ErrorBox } from '../../ui/problems.js';

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
				empty=${t('person.choose_level')} options=${levels.filter((one) => one.id !== person.level?.id).map((one) => [one.id, pick(one, 'name')])} required />`}
			<${TextArea} id="why" label=${t('person.why')} help=${t('person.why_help')} value=${why} onInput=${setWhy} error=${errors.of('why')} required maxlength="500" />
			<${ErrorBox} error=${errors.rest} />
			<div class="actions">
				<button type="submit" class="btn btn-primary" disabled=${save.busy || !why.trim() || (what === 'override' && !level)}>${t(`person.${what}_go`)}</button>
				<button type="button" class="btn btn-outline-primary" onClick=${() => onClose(false)}>${t('action.cancel')}</button>
			</div>
		</form>
	<//>`;
}
