// Item banks: the one in use, the others, bringing in a new one.

import { api } from '../../api.js';
import { number, shortDate } from '../../format.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { useAction } from '../../ui/busy.js';
import { Findings } from '../../ui/findings.js';
import { Load, useLoad } from '../../ui/load.js';
import { notify } from '../../ui/notices.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';
import { useSending } from '../../ui/sending.js';
import { Table } from '../../ui/table.js';
import { Upload } from '../../ui/upload.js';

/** @param {{outcome: import('../../ui/sending.js').Outcome}} props */
function Outcome({ outcome }) {
	const { error, answer, name } = outcome;
	const problems = error ? error.problems : answer?.findings ?? answer?.problems ?? [];
	return html`<section class=${`alert mt-4 ${error ? 'alert-danger' : 'alert-success'}`} role="status" aria-labelledby="outcome">
		<h2 class="h5 mt-0" id="outcome">${t(error ? 'banks.refused' : 'banks.imported', { name })}</h2>
		${problems.length > 0 && html`<${Findings} problems=${problems} />`}
	</section>`;
}

/** @param {{banks: any[], reload: () => void}} props */
function Banks({ banks, reload }) {
	const activate = useAction(async (id) => {
		await api.post(`/banks/${id}/activate`);
		notify(t('banks.activated'));
		reload();
	});
	const columns = [
		{ name: t('banks.name'), head: true, cell: (/** @type {any} */ bank) => html`<a href=${`/domande/${bank.id}`}>${bank.name}</a><span class="sub">${t('banks.version', { version: bank.version })}</span>` },
		{ name: t('banks.items'), num: true, cell: (/** @type {any} */ bank) => number(bank.items) },
		{ name: t('courses.imported_at'), cell: (/** @type {any} */ bank) => shortDate(bank.imported_at) },
		{ name: t('banks.state'), cell: (/** @type {any} */ bank) => html`<span class=${`tag ${bank.active ? 'tag-good' : ''}`}>${t(bank.active ? 'banks.active' : 'banks.inactive')}</span>` },
		{ name: t('table.actions'), actions: true, cell: (/** @type {any} */ bank) => !bank.active && html`<button type="button" class="btn btn-outline-primary" disabled=${activate.busy} aria-label=${`${t('banks.activate')}: ${bank.name} ${bank.version}`} onClick=${() => activate.run(bank.id)}>${t('banks.activate')}</button>` },
	];
	return html`<${ErrorBox} error=${activate.error} />
		<${Table} caption=${t('banks.title')} columns=${columns} rows=${banks} keyOf=${(/** @type {any} */ bank) => bank.id} empty=${t('banks.empty')} />`;
}

export function BanksPage() {
	const list = useLoad(() => api.get('/banks'));
	const { progress, outcome, send } = useSending(() => list.reload());
	return html`<${Page} title=${t('banks.title')} lead=${t('banks.lead')} actions=${html`<a class="btn btn-outline-primary" href="/calibrazioni">${t('calibration.title')}</a>`}>
		<${Upload} id="bank" title=${t('banks.drop')} help=${t('banks.drop_help')} accept=".json,.gift,.txt,.xml,.csv,.zip,.dat" button=${t('banks.choose')}
			progress=${progress} onFile=${(/** @type {File} */ file) => send('/banks', file, { 'Content-Type': 'application/json' })} />
		${outcome && html`<${Outcome} outcome=${outcome} />`}
		<h2>${t('banks.list')}</h2>
		<${Load} of=${list}>${(/** @type {any} */ data) => html`<${Banks} banks=${data.banks} reload=${list.reload} />`}<//>
	<//>`;
}
