// Short messages about what was done, in one live region that is always in the page.

import { html } from '../html.js';
import { t } from '../i18n.js';
import { signal, useSignal } from '../signal.js';
import { Icon } from './icon.js';

/** @typedef {{id: number, text: string}} Notice */

const LASTS = 8000;
const notices = signal(/** @type {Notice[]} */ ([]));
let count = 0;

/** @param {number} id */
function close(id) {
	notices.set(notices.get().filter((notice) => notice.id !== id));
}

/** Tells that something is done. @param {string} text */
export function notify(text) {
	const id = ++count;
	notices.set([...notices.get(), { id, text }]);
	setTimeout(() => close(id), LASTS);
}

export function Notices() {
	const shown = useSignal(notices);
	return html`<div class="notices" role="status" aria-live="polite">
		${shown.map((notice) => html`<div key=${notice.id} class="notice">
			<${Icon} name="check-circle" color="success" />
			<span>${notice.text}</span>
			<button type="button" class="btn notice-close" aria-label=${t('notice.close')} onClick=${() => close(notice.id)}>
				<${Icon} name="close" size="sm" />
			</button>
		</div>`)}
	</div>`;
}
