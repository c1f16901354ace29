// Faults, in the words of the server: what is wrong, where, how to mend it.

import { asApiError } from '../api.js';
import { html } from '../html.js';
import { pick, t } from '../i18n.js';
import { Icon } from './icon.js';

/** Where a fault is, in one line. @param {import('../api.js').Problem} problem */
export function placeOf(problem) {
	const line = problem.line ? t('problem.line', { line: problem.line }) : '';
	return [problem.where, line].filter(Boolean).join(', ');
}

/** One fault. @param {{problem: import('../api.js').Problem}} props */
function ProblemText({ problem }) {
	const place = placeOf(problem);
	const mend = pick(problem, 'mend');
	return html`<p class="mb-1">${pick(problem)}</p>
		${place && html`<p class="mb-1 small"><strong>${t('problem.where')}:</strong> <span class="text-break">${place}</span></p>`}
		${mend && html`<p class="mb-0">${mend}</p>`}`;
}

/** An error that a call threw, told at once to a screen reader. @param {{error: unknown, title?: string, retry?: () => void}} props */
export function ErrorBox({ error, title, retry }) {
	if (!error) {
		return null;
	}
	const { problems } = asApiError(error);
	return html`<div class="alert alert-danger" role="alert">
		<p class="alert-heading h6">${title ?? t('problem.title')}</p>
		${problems.slice(0, 20).map((problem, i) => html`<div key=${i} class="problem"><${ProblemText} problem=${problem} /></div>`)}
		${retry && html`<button type="button" class="btn btn-sm btn-outline-danger mt-3" onClick=${retry}>
			<${Icon} name="refresh" size="sm" color="danger" /> ${t('state.retry')}
		</button>`}
	</div>`;
}
