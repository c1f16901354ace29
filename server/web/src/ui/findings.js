// The report on a package, a bank or a table of people: faults by severity, each with code, place and mend.

import { html } from '../html.js';
import { pick, t } from '../i18n.js';
import { placeOf } from './problems.js';

/** @typedef {import('../api.js').Problem} Problem */

const severities = /** @type {const} */ (['error', 'warning', 'hint']);
const tags = { error: 'tag-bad', warning: 'tag-warn', hint: '' };

/** Faults of each severity, worst first; none of a severity is left out. @param {Problem[]} problems */
export function bySeverity(problems) {
	return severities
		.map((severity) => ({ severity, problems: problems.filter((one) => (one.severity ?? 'error') === severity) }))
		.filter((group) => group.problems.length > 0);
}

/** @param {{problem: Problem, severity: string}} props */
function Finding({ problem, severity }) {
	const place = placeOf(problem);
	const mend = pick(problem, 'mend');
	return html`<li class=${`finding finding-${severity}`}>
		<p>${pick(problem)}</p>
		${mend && html`<p><strong>${t('problem.mend')}:</strong> ${mend}</p>`}
		<p class="muted small">${place && html`${t('problem.where')}: <span class="text-break">${place}</span> · `}${t('problem.code')}: <span class="code">${problem.code}</span></p>
	</li>`;
}

/** @param {{problems: Problem[], level?: 2 | 3 | 4}} props level: of the headings */
export function Findings({ problems, level = 3 }) {
	const Heading = `h${level}`;
	return html`<div class="findings">
		${bySeverity(problems).map((group) => html`<section key=${group.severity}>
			<${Heading} class="h6"><span class=${`tag ${tags[group.severity]}`}>${t(`findings.${group.severity}`, { n: group.problems.length })}</span><//>
			<ul class="list-unstyled">${group.problems.map((problem, i) => html`<${Finding} key=${i} problem=${problem} severity=${group.severity} />`)}</ul>
		</section>`)}
	</div>`;
}

/** How many of each, as tags. @param {{counts: {error: number, warning: number, hint: number}}} props */
export function FindingCounts({ counts }) {
	const some = severities.filter((severity) => counts[severity] > 0);
	return some.length === 0
		? html`<span class="tag tag-good">${t('findings.none')}</span>`
		: some.map((severity) => html`<span key=${severity} class=${`tag ${tags[severity]} me-1`}>${t(`findings.${severity}`, { n: counts[severity] })}</span>`);
}
