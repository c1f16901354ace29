// One question of the final test a page.

import { useState } from 'preact/hooks';
import { html } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { navigate } from '../../router.js';
import { useSignal } from '../../signal.js';
import { Icon } from '../../ui/icon.js';
import { Load, useLoad } from '../../ui/load.js';
import { Meter } from '../../ui/meter.js';
import { Page } from '../../ui/page.js';
import { QuestionField } from '../../ui/question.js';
import { SaveState } from '../../ui/save-state.js';
import { current, loadQuestion } from './current.js';
import { pageAbove, pagePath } from './which.js';

/** @typedef {import('../../types.js').PlacementItem} Question */

/** Where one is among the questions. @param {{position: number, answered: boolean[]}} props */
function QuestionMap({ position, answered }) {
	return html`<nav class="question-map" aria-label=${t('quest.map')}>
		<ol>${answered.map((done, i) => html`<li key=${i}><a class=${done ? 'answered' : ''} href=${pagePath(`/prova-finale/domanda/${i + 1}`)} aria-current=${i === position ? 'step' : undefined}>
			<span class="visually-hidden">${t('quest.question')} </span>${i + 1}<span class="visually-hidden">, ${t(done ? 'quest.answered' : 'quest.unanswered')}</span>
		</a></li>`)}</ol>
	</nav>`;
}

/** @param {{shown: Question, position: number}} props */
function Sitting({ shown, position }) {
	const now = useSignal(current);
	const [stale, setStale] = useState(false);
	if (!now?.outbox || !now.view.attempt) {
		return null;
	}
	const { outbox, view: { attempt } } = now;
	const item = now.items.get(position) ?? shown;
	const answered = attempt.answered.map((done, i) => done || Boolean(outbox.answerAt(i)?.length));
	const last = position === attempt.total - 1;
	if (outbox.state.stale === position && !stale) {
		setStale(true);
	}
	const onAnswer = (/** @type {string[]} */ chosen) => {
		setStale(false);
		outbox.put(position, chosen, item);
	};
	const next = (/** @type {Event} */ event) => {
		event.preventDefault();
		navigate(pagePath(last ? '/prova-finale/riepilogo' : `/prova-finale/domanda/${position + 2}`));
	};
	return html`<form onSubmit=${next}>
		<${Meter} share=${answered.filter(Boolean).length / attempt.total} label=${t('quest.progress')} />
		<p class="question-area">${pick(item, 'area')}</p>
		${stale && html`<div class="alert alert-warning" role="alert"><p class="mb-0">${t('quest.stale')}</p></div>`}
		<${QuestionField} item=${item} answer=${outbox.answerAt(position) ?? item.answer} onAnswer=${onAnswer} />
		<${SaveState} outbox=${outbox} />
		<div class="actions question-actions">
			${position > 0 && html`<a class="btn btn-outline-primary" href=${pagePath(`/prova-finale/domanda/${position}`)}>${t('quest.previous')}</a>`}
			<button type="submit" class="btn btn-primary">${t(last ? 'quest.to_review' : 'quest.next')} <${Icon} name="arrow-right" size="sm" color="white" /></button>
		</div>
		<${QuestionMap} position=${position} answered=${answered} />
		<p class="actions"><a href=${pagePath('/prova-finale/riepilogo')}>${t('quest.to_review')}</a> <a href=${pageAbove().href}>${t('quest.stop')}</a></p>
	</form>`;
}

/** @param {{n: string}} props n: from 1 */
export function FinalItemPage({ n }) {
	const position = Number(n) - 1;
	const item = useLoad(async () => {
		const found = await loadQuestion(position);
		if (!found) {
			navigate(pagePath('/prova-finale'), { replace: true });
		}
		return found;
	}, [position]);
	const total = current.get()?.view.attempt?.total;
	return html`<${Page} title=${total ? t('quest.n_of_total', { n, total }) : t('quest.question_n', { n })} narrow>
		<${Load} of=${item}>${(/** @type {Question} */ shown) => html`<${Sitting} shown=${shown} position=${position} />`}<//>
	<//>`;
}
