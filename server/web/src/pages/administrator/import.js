// Users from a CSV file, with a report of the rows that were not taken.

import { html } from '../../html.js';
import { number } from '../../format.js';
import { t } from '../../i18n.js';
import { Findings } from '../../ui/findings.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';
import { useSending } from '../../ui/sending.js';
import { Upload } from '../../ui/upload.js';

const columns = ['codice_fiscale', 'cognome', 'nome', 'email', 'login', 'ruoli', 'professione', 'disciplina', 'professioni', 'azienda', 'contratto', 'gruppo'];

/** @param {{outcome: import('../../ui/sending.js').Outcome}} props */
function Report({ outcome }) {
	const { answer, error, name } = outcome;
	if (error) {
		return html`<div class="mt-4"><${ErrorBox} error=${error} title=${t('import.refused', { name })} /></div>`;
	}
	return html`<section class="mt-4" aria-labelledby="report">
		<h2 id="report">${t('import.report', { name })}</h2>
		<div role="status"><dl class="glance">
			${['created', 'updated', 'rejected'].map((key) => html`<div key=${key}><dt>${t(`import.${key}`)}</dt><dd><strong>${number(answer[key])}</strong></dd></div>`)}
		</dl></div>
		${answer.problems.length > 0 && html`<h2>${t('import.bad_rows')}</h2><p>${t('import.bad_rows_text')}</p><${Findings} problems=${answer.problems} />`}
	</section>`;
}

export function ImportPage() {
	const { progress, outcome, send } = useSending();
	return html`<${Page} title=${t('import.title')} lead=${t('import.lead')} up=${{ href: '/utenti', text: t('users.title') }}>
		<${Upload} id="csv" title=${t('import.drop')} help=${t('import.drop_help')} accept=".csv,text/csv" button=${t('courses.choose')}
			progress=${progress} onFile=${(/** @type {File} */ file) => send('/users/import', file, { 'Content-Type': 'text/csv' })} />
		${outcome && html`<${Report} outcome=${outcome} />`}
		<h2>${t('import.format')}</h2>
		<p>${t('import.format_text')}</p>
		<p class="code panel panel-tinted">${columns.join(';')}</p>
		<ul>
			<li>${t('import.format_profession')}</li>
			<li>${t('import.format_professions')}</li>
			<li>${t('import.format_contract')}</li>
			<li>${t('import.format_group')}</li>
			<li>${t('import.format_again')}</li>
		</ul>
	<//>`;
}
