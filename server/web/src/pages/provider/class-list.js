// Lists as CSV: places in an event's groups, or attendance of a session; with the lines that were not taken.

import { html } from '../../html.js';
import { number } from '../../format.js';
import { t } from '../../i18n.js';
import { Findings } from '../../ui/findings.js';
import { ErrorBox } from '../../ui/problems.js';
import { useSending } from '../../ui/sending.js';
import { Upload } from '../../ui/upload.js';

/** @param {{outcome: import('../../ui/sending.js').Outcome, counts: string[]}} props */
function Report({ outcome: { answer, error, name }, counts }) {
	if (error) {
		return html`<div class="mt-3"><${ErrorBox} error=${error} title=${t('import.refused', { name })} /></div>`;
	}
	return html`<div class="mt-3"><div role="status"><dl class="glance">
			${counts.map((key) => html`<div key=${key}><dt>${t(`classes.list_${key}`)}</dt><dd><strong>${number(answer[key])}</strong></dd></div>`)}
		</dl></div>
		${answer.problems.length > 0 && html`<h3>${t('import.bad_rows')}</h3><${Findings} problems=${answer.problems} />`}</div>`;
}

/** @param {{path: string, id: string, text: string, columns: string, counts: string[], onDone: () => void}} props */
export function CsvList({ path, id, text, columns, counts, onDone }) {
	const { progress, outcome, send } = useSending();
	const take = async (/** @type {File} */ file) => {
		await send(path, file, { 'Content-Type': 'text/csv' });
		onDone();
	};
	return html`<div>
		<${Upload} id=${id} title=${text} help=${columns} accept=".csv,text/csv" button=${t('courses.choose')} progress=${progress} onFile=${take} />
		${outcome && html`<${Report} outcome=${outcome} counts=${counts} />`}
	</div>`;
}

/** @param {{id: string, onDone: () => void}} props */
export function EnrolmentList({ id, onDone }) {
	return html`<details class="mt-4"><summary>${t('classes.from_list')}</summary><p class="mt-3">${t('classes.from_list_text')}</p>
		<${CsvList} path=${`/classes/${id}/people.csv?state=enrolled`} id="people-list" text=${t('classes.list_enrol')} columns="gruppo;codice_fiscale;tutor" counts=${['taken', 'groups', 'rejected']} onDone=${onDone} />
	</details>`;
}

/** Results of a test in class, of one group or of all groups of an event. @param {{path: string, onDone: () => void}} props */
export function ResultsList({ path, onDone }) {
	return html`<details class="mt-4"><summary>${t('results.from_list')}</summary><p class="mt-3">${t('results.from_list_text')}</p>
		<p><a href=${`/api${path}?blank=1`} download>${t('results.blank')}</a></p>
		<${CsvList} path=${path} id="results-list" text=${t('results.list')} columns="codice_fiscale;tipo;giorno;punti;massimo;esito" counts=${['taken', 'rejected']} onDone=${onDone} />
	</details>`;
}
