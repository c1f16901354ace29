// An act that wants a reason: a dialog with what will happen, the reason, and what was refused.

import { useState } from 'preact/hooks';
import { html } from '../html.js';
import { t } from '../i18n.js';
import { useAction } from './busy.js';
import { Dialog } from './dialog.js';
import { TextArea } from './field.js';
import { ErrorBox } from './problems.js';

/** @param {{title: string, text?: any, go: string, act: (why: string) => Promise<void>, onClose: () => void, optional?: boolean, label?: string, longest?: number}} props */
export function WhyDialog({ title, text, go, act, onClose, optional, label, longest = 500 }) {
	const [why, setWhy] = useState('');
	const run = useAction(async () => {
		await act(why);
		onClose();
	});
	const submit = (/** @type {Event} */ event) => {
		event.preventDefault();
		run.run();
	};
	return html`<${Dialog} title=${title} onClose=${onClose}>
		<form onSubmit=${submit}>
			${text && html`<p>${text}</p>`}
			<${TextArea} id="why" label=${label ?? t('classes.why')} value=${why} onInput=${setWhy} required=${!optional} optional=${optional} maxlength=${String(longest)} rows=${longest > 500 ? 6 : 3} />
			<${ErrorBox} error=${run.error} />
			<div class="actions">
				<button type="submit" class="btn btn-primary" disabled=${run.busy || (!optional && !why.trim())}>${go}</button>
				<button type="button" class="btn btn-outline-primary" onClick=${onClose}>${t('action.cancel')}</button>
			</div>
		</form>
	<//>`;
}
