// Titles, expected length and order of the modules.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { useAction } from '../../ui/busy.js';
import { Dialog } from '../../ui/dialog.js';
import { SelectField, TextField } from '../../ui/field.js';
import { notify } from '../../ui/notices.js';
import { ErrorBox } from '../../ui/problems.js';

/** @param {{path: any, onClose: (changed: boolean) => void}} props */
export function EditModules({ path, onClose }) {
	const [order, setOrder] = useState(path.order);
	const [modules, setModules] = useState(path.modules.map((/** @type {any} */ one) => ({ index: one.index, title_it: one.title_it, title_en: one.title_en, minutes_expected: one.minutes_expected })));
	const set = (/** @type {number} */ i, /** @type {string} */ field, /** @type {any} */ value) => setModules(modules.map((/** @type {any} */ one, /** @type {number} */ k) => (k === i ? { ...one, [field]: value } : one)));
	const save = useAction(async () => {
		await api.put('/path', { order, modules: modules.map((/** @type {any} */ one) => ({ ...one, minutes_expected: Number(one.minutes_expected) })) });
		notify(t('matrix.saved'));
		onClose(true);
	});
	const submit = (/** @type {Event} */ event) => {
		event.preventDefault();
		save.run();
	};
	return html`<${Dialog} title=${t('matrix.edit')} onClose=${() => onClose(false)}>
		<form onSubmit=${submit}>
			<${SelectField} id="order" label=${t('matrix.order')} value=${order} onInput=${setOrder}
				options=${[['free', t('matrix.order_free')], ['forced', t('matrix.order_forced')]]} />
			${modules.map((/** @type {any} */ one, /** @type {number} */ i) => html`<fieldset key=${one.index} class="plain">
				<legend>${t('home.module_n', { n: one.index })}</legend>
				<${TextField} id=${`it-${i}`} label=${t('matrix.title_it')} value=${one.title_it} onInput=${(/** @type {string} */ v) => set(i, 'title_it', v)} required maxlength="200" />
				<${TextField} id=${`en-${i}`} label=${t('matrix.title_en')} value=${one.title_en} onInput=${(/** @type {string} */ v) => set(i, 'title_en', v)} maxlength="200" />
				<${TextField} id=${`minutes-${i}`} label=${t('matrix.minutes')} type="number" min="1" max="600" value=${one.minutes_expected} onInput=${(/** @type {string} */ v) => set(i, 'minutes_expected', v)} required />
			</fieldset>`)}
			<${ErrorBox} error=${save.error} />
			<div class="actions">
				<button type="submit" class="btn btn-primary" disabled=${save.busy}>${t('action.save')}</button>
				<button type="button" class="btn btn-outline-primary" onClick=${() => onClose(false)}>${t('action.cancel')}</button>
			</div>
		</form>
	<//>`;
}
