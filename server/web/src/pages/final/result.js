// How the newest attempt went, what comes next, and, when the course is over, the right answers.

import { api } from '../../api.js';
import { date } from '../../format.js';
import { html, classes } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { navigate } from '../../router.js';
import { Icon } from '../../ui/icon.js';
import { Load, useLoad } from '../../ui/load.js';
import { Page } from '../../ui/page.js';
import { Rich } from '../../ui/rich.js';
import { Attempts } from './intro.js';
import { loadFinal } from './current.js';
import { callPath, eventInClass, pageAbove, pagePath } from './which.js';

/** @typedef {import('../../types.js').FinalTest} FinalTest */

/** @param {{question: any, n: number}} props */
function Answer({ question, n }) {
	return html`<li class="panel mb-3">
		<h3 class="h6">${n}. <${Rich} text=${question.stem} /></h3>
		<ul class="marked">${question.options.map((/** @type {any} */ option) => {
			const right = option.id === question.right;
			const chosen = question.answer.includes(option.id);
			return html`<li key=${option.id} class=${classes(right && 'fw-semibold')}>
				<${Icon} name=${right ? 'check-circle' : chosen ? 'close-circle' : 'minus'} size="sm" color=${right ? 'success' : chosen ? 'danger' : 'secondary'} />
				<span><${Rich} text=${option.text} />${right && html` <span class="tag tag-good">${t('final.right_answer')}</span>`}${chosen && html` <span class="tag">${t('final.your_answer')}</span>`}</span>
			</li>`;
		})}</ul>
		${question.explanation && html`<p class="muted mb-0">${question.explanation}</p>`}
	</li>`;
}

function Answers() {
	const answers = useLoad(() => api.get(callPath('/me/final/answers')));
	return html`<section aria-labelledby="answers">
		<h2 class="h4" id="answers">${t('final.answers')}</h2>
		<${Load} of=${answers}>${(/** @type {any} */ data) => html`<ol class="list-unstyled">${data.questions.map((/** @type {any} */ question, /** @type {number} */ i) =>
			html`<${Answer} key=${i} question=${question} n=${i + 1} />`)}</ol>`}<//>
	</section>`;
}

/** @param {{final: FinalTest}} props */
function Body({ final }) {
	const [newest] = final.history;
	const shown = final.history.find((row) => row.passed) ?? newest;
	const go = final.passed ? [pagePath('/questionario-qualita'), 'final.to_quality'] : [pageAbove().href, eventInClass() ? 'classes.back' : 'quest.to_path'];
	return html`
		<section class=${final.passed ? 'next next-good' : 'next'} aria-labelledby="outcome">
			<h2 id="outcome">${t(final.passed ? 'final.you_passed' : 'final.you_failed')}</h2>
			${shown.test && html`<p>${t('results.you_passed', { test: t(`results.test_${shown.test}`), day: date(shown.day) })}</p>`}
			${shown.questions > 0 && html`<p>${shown.test ? t('results.points', { score: shown.score, maximum: shown.questions, needed: shown.needed }) : t('final.score_text', { score: shown.score, questions: shown.questions, needed: shown.needed })}</p>`}
			<div class="next-action"><a class="btn btn-light btn-lg" href=${go[0]}>${t(go[1])}</a></div>
		</section>
		${!final.passed && final.missing.length > 0 && html`<div class="panel panel-tinted mt-4"><h2 class="h5">${t('final.missing')}</h2>
			<ul>${final.missing.map((fact, i) => html`<li key=${i}>${pick(fact)}</li>`)}</ul></div>`}
		${final.may_start && html`<p class="actions"><a class="btn btn-primary" href=${pagePath('/prova-finale')}>${t('final.try_again')}</a></p>`}
		<${Attempts} final=${final} />
		${final.disclosed ? html`<${Answers} />` : !newest.test && html`<p class="muted">${t('final.answers_later')}</p>`}`;
}

export function FinalResult() {
	const view = useLoad(async () => {
		const found = await loadFinal();
		if (found.history.length === 0) {
			navigate(pagePath('/prova-finale'), { replace: true });
		}
		return found;
	});
	return html`<${Page} title=${t('final.result')} narrow up=${pageAbove()}>
		<${Load} of=${view}>${(/** @type {FinalTest} */ data) => data.history.length > 0 && html`<${Body} final=${data} />`}<//>
	<//>`;
}
