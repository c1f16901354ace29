// Finding people by name or codice fiscale, to do something with the one found.

import { useState } from 'preact/hooks';
import { api, query } from '../../api.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { useAction } from '../../ui/busy.js';
import { TextField } from '../../ui/field.js';
import { ErrorBox } from '../../ui/problems.js';

/** @param {{id: string, label: string, buttons: [string, (person: any) => Promise<void>][], hidden?: number[]}} props hidden: who is there already */
export function FindPeople({ id, label, buttons, hidden = [] }) {
	const [text, setText] = useState('');
	const [found, setFound] = useState(/** @type {any[] | null} */ (null));
	const find = useAction(async () => setFound((await api.get(`/people${query({ search: text.trim() })}`)).people.slice(0, 8)));
	const act = useAction(async (/** @type {(person: any) => Promise<void>} */ what, /** @type {any} */ person) => what(person));
	const submit = (/** @type {Event} */ event) => {
		event.preventDefault();
		find.run();
	};
	const shown = found?.filter((one) => !hidden.includes(one.id));
	return html`<div class="mt-4"><form class="filters" role="search" onSubmit=${submit}>
			<${TextField} id=${id} type="search" label=${label} value=${text} onInput=${setText} maxlength="100" />
			<button type="submit" class="btn btn-outline-primary" disabled=${find.busy || !text.trim()}>${t('action.search')}</button>
		</form>
		<${ErrorBox} error=${find.error ?? act.error} />
		<div role="status">${shown && (shown.length === 0 ? html`<p class="muted">${t('classes.nobody_found')}</p>` : html`<ul class="list-unstyled">${shown.map((person) => html`<li key=${person.id} class="found-person">
			<span>${person.family_name} ${person.given_name} <span class="muted code">${person.codice_fiscale}</span></span>
			<span>${buttons.map(([name, what]) => html`<button key=${name} type="button" class="btn btn-sm btn-outline-primary ms-2" disabled=${act.busy} aria-label=${`${name}: ${person.family_name} ${person.given_name}`} onClick=${() => act.run(what, person)}>${name}</button>`)}</span>
		</li>`)}</ul>`)}</div></div>`;
}
