// Who the learner of a preview pretends to be: nothing of it is stored.

import { api } from '../../api.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { playerAddress } from '../../player-address.js';
import { SelectField, TextField } from '../../ui/field.js';

export const somebody = { name: '', language: 'it', mode: 'normal', credit: true };

/** The address of a preview, with what the player page is to pretend. @param {string} url of the player @param {typeof somebody} as */
function pretending(url, as) {
	const address = new URL(url);
	address.searchParams.set('mode', as.mode);
	address.searchParams.set('language', as.language);
	address.searchParams.set('credit', as.credit ? '1' : '0');
	if (as.name) {
		address.searchParams.set('name', as.name);
	}
	return String(address);
}

/** Opens the preview beside what is on the screen. @param {number} course @param {{version: number, organization?: number}} what @param {string} place the module and the level, or empty @param {typeof somebody} as */
export async function openPreview(course, what, place = '', as = somebody) {
	const { url } = await api.post(`/courses/${course}/preview`, what);
	const address = new URL(pretending(playerAddress(url), as));
	if (place) {
		address.searchParams.set('place', place);
	}
	const tab = window.open('', '_blank');
	if (tab) {
		tab.opener = null; /* a course under test reaches nothing of this page */
		tab.location.replace(String(address));
	} else {
		location.assign(String(address));
	}
}

/** @param {{as: typeof somebody, onChange: (as: typeof somebody) => void}} props */
export function PreviewAs({ as, onChange }) {
	const set = (/** @type {Partial<typeof somebody>} */ change) => onChange({ ...as, ...change });
	return html`<details class="panel mb-4"><summary>${t('preview.as')}</summary>
		<p class="mt-3">${t('preview.text')}</p>
		<div class="field-grid">
			<${TextField} id="preview-name" label=${t('preview.name')} help=${t('preview.name_help')} value=${as.name} onInput=${(/** @type {string} */ name) => set({ name })} maxlength="100" />
			<${SelectField} id="preview-language" label=${t('preview.language')} value=${as.language} onInput=${(/** @type {string} */ language) => set({ language })} options=${[['it', 'italiano'], ['en', 'English']]} />
			<${SelectField} id="preview-mode" label=${t('preview.mode')} value=${as.mode} onInput=${(/** @type {string} */ mode) => set({ mode })} options=${['normal', 'browse', 'review'].map((mode) => [mode, t(`preview.mode_${mode}`)])} />
			<${SelectField} id="preview-credit" label=${t('preview.credit')} value=${as.credit ? '1' : '0'} onInput=${(/** @type {string} */ value) => set({ credit: value === '1' })} options=${[['1', t('preview.credit_yes')], ['0', t('preview.credit_no')]]} />
		</div>
	</details>`;
}
