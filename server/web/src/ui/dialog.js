// Dialogs: the browser's own modal <dialog>, which keeps the focus inside and gives it back.

import { useEffect, useRef } from 'preact/hooks';
import { html } from '../html.js';
import { t } from '../i18n.js';
import { Icon } from './icon.js';

/** @param {{title: string, onClose?: () => void, children?: any}} props without onClose the dialog cannot be dismissed */
export function Dialog({ title, onClose, children }) {
	const element = useRef(/** @type {HTMLDialogElement | null} */ (null));
	const before = useRef(document.activeElement);
	useEffect(() => {
		element.current?.showModal();
		return () => {
			if (before.current instanceof HTMLElement) {
				before.current.focus();
			}
		};
	}, []);
	const cancel = (/** @type {Event} */ event) => {
		event.preventDefault();
		onClose?.();
	};
	return html`<dialog ref=${element} class="dialog" aria-labelledby="dialog-title" onCancel=${cancel}>
		<div class="dialog-head">
			<h2 class="h5" id="dialog-title">${title}</h2>
			${onClose && html`<button type="button" class="btn dialog-close" aria-label=${t('action.close')} onClick=${onClose}>
				<${Icon} name="close" />
			</button>`}
		</div>
		<div class="dialog-body">${children}</div>
	</dialog>`;
}
