// What decides the status of a SCORM 1.2 course: the designer's choice, kept with the course.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { useAction } from '../../ui/busy.js';
import { ErrorBox } from '../../ui/problems.js';

/** The values of enum status_rule, player/engine/engine.h; the first is the default. */
export const statusRules = ['all', 'any', 'last', 'mastery'];

/** @typedef {{mastery_override: boolean, status_rule: string}} Settings */

/** What to say of the form: nothing while it is as it came. @param {Settings} form @param {Settings} saved @param {boolean} once whether it was saved here */
export function stateOf(form, saved, once) {
	const same = form.mastery_override === saved.mastery_override && form.status_rule === saved.status_rule;
	return same ? (once ? 'course.settings_saved' : null) : 'course.settings_unsaved';
}

/** @param {{course: {id: number} & Settings}} props */
export function CourseSettings({ course }) {
	const [saved, setSaved] = useState({ mastery_override: course.mastery_override, status_rule: course.status_rule });
	const [form, setForm] = useState(saved);
	const [once, setOnce] = useState(false);
	const save = useAction(async () => {
		setSaved(await api.put(`/courses/${course.id}/settings`, form));
		setOnce(true);
	});
	const submit = (/** @type {Event} */ event) => {
		event.preventDefault();
		save.run();
	};
	const state = stateOf(form, saved, once);
	return html`<form class="panel mb-4" aria-labelledby="course-settings" onSubmit=${submit}>
		<h2 class="h5" id="course-settings">${t('course.settings')}</h2>
		<p>${t('course.settings_help')}</p>
		<div class="check mb-3">
			<input type="checkbox" id="mastery-override" aria-describedby="mastery-override-about" checked=${form.mastery_override}
				onChange=${(/** @type {any} */ event) => setForm({ ...form, mastery_override: event.target.checked })} />
			<div><label for="mastery-override">${t('course.mastery')}</label><span class="sub" id="mastery-override-about">${t('course.mastery_help')}</span></div>
		</div>
		<fieldset class="plain" aria-describedby="status-rule-help">
			<legend>${t('course.rule')}</legend>
			<p class="field-help mt-0" id="status-rule-help">${t('course.rule_help')}</p>
			${statusRules.map((rule) => html`<div key=${rule} class="check">
				<input type="radio" name="status-rule" id=${`status-rule-${rule}`} aria-describedby=${`status-rule-${rule}-about`} value=${rule} checked=${form.status_rule === rule}
					onChange=${() => setForm({ ...form, status_rule: rule })} />
				<div><label for=${`status-rule-${rule}`}>${t(`course.rule.${rule}`)}</label><span class="sub" id=${`status-rule-${rule}-about`}>${t(`course.rule_about.${rule}`)}</span></div>
			</div>`)}
		</fieldset>
		<${ErrorBox} error=${save.error} title=${t('course.settings_failed')} />
		<div class="actions">
			<button type="submit" class="btn btn-primary" disabled=${save.busy}>${t('action.save')}</button>
			<span role="status">${state && t(state)}</span>
		</div>
	</form>`;
}
