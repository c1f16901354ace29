// What the report says of a person, to be mended: name, tax code, professions, contract, company.

import { useState } from 'preact/hooks';
import { api } from '../api.js';
import { html } from '../html.js';
import { t } from '../i18n.js';
import { asOptions, table } from '../tables.js';
import { useAction } from './busy.js';
import { Dialog } from './dialog.js';
import { SelectField, TextField } from './field.js';
import { formErrors } from './form-errors.js';
import { useLoad } from './load.js';
import { notify } from './notices.js';
import { ErrorBox } from './problems.js';
import { ProfessionsField, professionsText, toProfessions } from './professions.js';

export const contracts = ['L', 'D', 'C', 'P'];

/** @param {any} person as the provider's or the administrator's list gives it */
function toData(person) {
	return {
		family_name: person.family_name, given_name: person.given_name, codice_fiscale: person.codice_fiscale,
		professions: toProfessions(person.professions), contract: person.contract ?? '', company: person.company?.code ?? person.company ?? '',
	};
}

/** What the server takes; no profession at all is said as such. @param {ReturnType<typeof toData>} data */
function fromData(data) {
	const text = professionsText(data.professions);
	return { ...data, codice_fiscale: data.codice_fiscale.trim().toUpperCase(), professions: text, ...(text === '' && { profession: '' }) };
}

/** @param {{data: any, onData: (data: any) => void, errors: {of: (field: string) => string | null}}} props */
function PersonFields({ data, onData, errors }) {
	const companies = useLoad(() => table('companies'));
	const field = (/** @type {string} */ name) => ({
		id: `person-${name}`, label: t(`users.${name}`), value: data[name], error: errors.of(name),
		onInput: (/** @type {string} */ value) => onData({ ...data, [name]: value }),
	});
	return html`<div class="field-grid">
		<${TextField} ...${field('family_name')} required autocomplete="off" />
		<${TextField} ...${field('given_name')} required autocomplete="off" />
		<${TextField} ...${field('codice_fiscale')} maxlength="16" autocapitalize="characters" spellcheck="false" autocomplete="off" />
		<${SelectField} ...${field('contract')} empty=${t('users.unset')} options=${contracts.map((code) => [code, t(`contract.${code}`)])} />
		<${SelectField} ...${field('company')} class="wide" empty=${t('users.no_company')} options=${asOptions(companies.data ?? [])} />
		<${ProfessionsField} id="person-professions" value=${data.professions} error=${errors.of('professions') ?? errors.of('profession')}
			onChange=${(/** @type {any} */ professions) => onData({ ...data, professions })} />
	</div>`;
}

/** @param {{person: any, path: string, onClose: (changed: boolean) => void}} props path: where the server takes the change */
export function PersonDataDialog({ person, path, onClose }) {
	const [data, setData] = useState(toData(person));
	const save = useAction(async () => {
		await api.put(path, fromData(data));
		notify(t('users.saved'));
		onClose(true);
	});
	const errors = formErrors(save.error, Object.keys(data));
	const submit = (/** @type {Event} */ event) => {
		event.preventDefault();
		save.run();
	};
	return html`<${Dialog} title=${t('person.mend_of', { name: `${person.given_name} ${person.family_name}` })} onClose=${() => onClose(false)}>
		<form onSubmit=${submit} noValidate>
			<p class="muted">${t('person.mend_text')}</p>
			<${PersonFields} data=${data} onData=${setData} errors=${errors} />
			<${ErrorBox} error=${errors.rest} title=${t('person.not_mended')} />
			<div class="actions"><button type="submit" class="btn btn-primary" disabled=${save.busy}>${t('action.save')}</button></div>
		</form>
	<//>`;
}
