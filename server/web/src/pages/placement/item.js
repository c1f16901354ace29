// One question a page.

import { useState } from 'preact/hooks';
import { html } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { navigate } from '../../router.js';
import { useSignal } from '../../signal.js';
import { useAction } from '../../ui/busy.js';
import { Icon } from '../../ui/icon.js';
import { Load, useLoad } from '../../ui/load.js';
import { Meter } from '../../ui/meter.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';
import { QuestionField } from '../../ui/question.js';
import { advancePlacement, current, loadItem } from './current.js';
import { SaveState } from '../../ui/save-state.js';

/** @typedef {import('../../types.js').PlacementItem} PlacementItem */

/** Where one is among the questions. @param {{position: number}} props */
function QuestionMap({ position }) {
	const now = current.get();
	if (!now?.view.may_go_back) {
		return null;
	}
	return html`<nav class="question-map" aria-label=${t('quest.map')}>
		<ol>${now.view.answered.map((done, i) => {
			const answered = done || Boolean(now.outbox.answerAt(i)?.length);
			return html`<li key=${i}><a class=${answered ? 'answered' : ''} href=${`/questionario/domanda/${i + 1}`} aria-current=${i === position ? 'step' : undefined}>
				<span class="visually-hidden">${t('quest.question')} </span>${i + 1}<span class="visually-hidden">, ${t(answered ? 'quest.answered' : 'quest.unanswered')}</span>
			</a></li>`;
		})}</ol>
	</nav>`;
}

/** @param {{shown: PlacementItem, position: number}} props */
function Question({ shown, position }) {
	const now = useSignal(current);
	const [stale, setStale] = useState(false);
	const advance = useAction(async (/** @type {boolean} */ skip) => {
		const view = await advancePlacement(position, skip);
		if (view) {
			navigate(view.state === 'done' ? '/questionario/esito' : `/questionario/domanda/${view.position + 1}`);
		}
	});
	if (!now) {
		return null;
	}
	const { view, outbox } = now;
	const item = now.items.get(position) ?? shown;
	const answer = outbox.answerAt(position) ?? item.answer;
	const last = !view.adaptive && position === view.total - 1;
	if (outbox.state.stale === position && !stale) {
		setStale(true);
	}
	const onAnswer = (/** @type {string[]} */ chosen) => {
		setStale(false);
		outbox.put(position, chosen, item);
	};
	const next = (/** @type {Event} */ event) => {
		event.preventDefault();
		if (view.adaptive) {
			advance.run(false);
			return;
		}
		navigate(last ? '/questionario/riepilogo' : `/questionario/domanda/${position + 2}`);
	};
	return html`<form onSubmit=${next}>
		<${Meter} share=${view.answered.filter(Boolean).length / view.total} label=${t('quest.progress')} />
		<p class="question-area">${pick(item, 'area')}</p>
		${stale && html`<div class="alert alert-warning" role="alert"><p class="mb-0">${t('quest.stale')}</p></div>`}
		<${QuestionField} item=${item} answer=${answer} onAnswer=${onAnswer} />
		<${SaveState} outbox=${outbox} />
		<${ErrorBox} error=${advance.error} />
		<div class="actions question-actions">
			${position > 0 && view.may_go_back && html`<a class="btn btn-outline-primary" href=${`/questionario/domanda/${position}`}>${t('quest.previous')}</a>`}
			<button type="submit" class="btn btn-primary" disabled=${advance.busy}>${t(last ? 'quest.to_review' : view.adaptive ? 'quest.confirm_next' : 'quest.next')} <${Icon} name="arrow-right" size="sm" color="white" /></button>
			${view.adaptive && answer.length === 0 && html`<button type="button" class="btn btn-outline-primary" disabled=${advance.busy} onClick=${() => advance.run(true)}>${t('quest.dont_know')}</button>`}
		</div>
		${view.adaptive && html`<p class="muted mt-3">${t('quest.adaptive_how')}</p>`}
		<${QuestionMap} position=${position} />
		<p class="actions">
			${view.may_go_back && html`<a href="/questionario/riepilogo">${t('quest.to_review')}</a>`}
			<a href="/percorso">${t('quest.stop')}</a>
		</p>
	</form>`;
}

/** @param {{n: string}} props n: from 1 */
export function PlacementItemPage({ n }) {
	const position = Number(n) - 1;
	const item = useLoad(async () => {
		const found = await loadItem(position);
		const view = current.get()?.view;
		if (!found) {
			navigate('/questionario', { replace: true });
		} else if (view?.adaptive && position !== view.position) {
			navigate(`/questionario/domanda/${view.position + 1}`, { replace: true });
		}
		return found;
	}, [position]);
	const view = current.get()?.view;
	const total = view?.total;
	return html`<${Page} title=${total ? t(view?.adaptive ? 'quest.n_at_most' : 'quest.n_of_total', { n, total }) : t('quest.question_n', { n })} narrow>
		<${Load} of=${item}>${(/** @type {PlacementItem} */ shown) => html`<${Question} shown=${shown} position=${position} />`}<//>
	<//>`;
}
