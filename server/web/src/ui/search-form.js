// A search field with its button, and other filters beside it.

import { useEffect, useState } from 'preact/hooks';
import { html } from '../html.js';
import { t } from '../i18n.js';
import { TextField } from './field.js';

/** @param {{value: string, label: string, onSearch: (text: string) => void, children?: any}} props */
export function SearchForm({ value, label, onSearch, children }) {
	const [text, setText] = useState(value);
	useEffect(() => setText(value), [value]);
	const submit = (/** @type {Event} */ event) => {
		event.preventDefault();
		onSearch(text.trim());
	};
	return html`<form class="filters" role="search" onSubmit=${submit}>
		<${TextField} id="search" type="search" label=${label} value=${text} onInput=${setText} maxlength="100" />
		${children}
		<button type="submit" class="btn btn-primary">${t('action.search')}</button>
	</form>`;
}
