// Form fields: a label, a help text, an error text, tied to their control.

import { useState } from 'preact/hooks';
import { html, classes } from '../html.js';
import { t } from '../i18n.js';

/**
 * @typedef {object} FieldProps
 * @property {string} id
 * @property {string} label
 * @property {any} value
 * @property {(value: string) => void} onInput
 * @property {any} [help]
 * @property {string | null} [error]
 * @property {boolean} [required]
 * @property {boolean} [optional] says so beside the label
 * @property {string} [class]
 */

/** Label, help and error around a control. @param {Pick<FieldProps, 'id' | 'label' | 'help' | 'error' | 'optional' | 'class'> & {children?: any}} props */
export function Field({ id, label, help, error, optional, class: more, children }) {
	return html`<div class=${classes('field', error && 'field-wrong', more)}>
		<label for=${id}>${label}${optional && html` <span class="field-optional">(${t('field.optional')})</span>`}</label>
		${children}
		${help && html`<p class="field-help" id=${`${id}-help`}>${help}</p>`}
		${error && html`<p class="field-error" id=${`${id}-error`}>${error}</p>`}
	</div>`;
}

/** The attributes that tie a control to its texts. @param {{id: string, help?: any, error?: string | null, required?: boolean}} props */
export function tied({ id, help, error, required }) {
	return {
		id,
		'name': id,
		'aria-describedby': classes(help && `${id}-help`, error && `${id}-error`) || undefined,
		'aria-invalid': error ? 'true' : undefined,
		'aria-required': required ? 'true' : undefined,
	};
}

/** @param {FieldProps & {type?: string, [attribute: string]: any}} props */
export function TextField({ id, label, value, onInput, help, error, required, optional, type = 'text', class: more, ...rest }) {
	return html`<${Field} ...${{ id, label, help, error, optional, class: more }}>
		<input class="form-control" type=${type} value=${value ?? ''} ...${tied({ id, help, error, required })}
			onInput=${(/** @type {any} */ event) => onInput(event.target.value)} ...${rest} />
	<//>`;
}

/** @param {FieldProps & {rows?: number, [attribute: string]: any}} props */
export function TextArea({ id, label, value, onInput, help, error, required, optional, rows = 3, class: more, ...rest }) {
	return html`<${Field} ...${{ id, label, help, error, optional, class: more }}>
		<textarea class="form-control" rows=${rows} value=${value ?? ''} ...${tied({ id, help, error, required })}
			onInput=${(/** @type {any} */ event) => onInput(event.target.value)} ...${rest}></textarea>
	<//>`;
}

/** @param {FieldProps & {options: [string | number, string][], empty?: string, [attribute: string]: any}} props options: value and text; empty: text of "nothing chosen" */
export function SelectField({ id, label, value, onInput, help, error, required, optional, options, empty, class: more, ...rest }) {
	const chosen = String(value ?? '');
	return html`<${Field} ...${{ id, label, help, error, optional, class: more }}>
		<select class="form-select" value=${chosen} ...${tied({ id, help, error, required })}
			onChange=${(/** @type {any} */ event) => onInput(event.target.value)} ...${rest}>
			${empty !== undefined && html`<option value="" selected=${chosen === ''}>${empty}</option>`}
			${options.map(([key, text]) => html`<option key=${key} value=${String(key)} selected=${chosen === String(key)}>${text}</option>`)}
		</select>
	<//>`;
}

/** @param {FieldProps & {[attribute: string]: any}} props */
export function PasswordField(props) {
	const [shown, show] = useState(false);
	return html`<div class="field-password">
		<${TextField} ...${props} type=${shown ? 'text' : 'password'} spellcheck="false" autocapitalize="none" />
		<button type="button" class="btn btn-link btn-sm" aria-pressed=${String(shown)} onClick=${() => show(!shown)}>
			${t(shown ? 'field.hide_password' : 'field.show_password')}
		</button>
	</div>`;
}
