// Before handing the final test in: which questions have an answer, and the confirmation.

import { useState } from 'preact/hooks';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { navigate } from '../../router.js';
import { useSignal } from '../../signal.js';
import { useAction } from '../../ui/busy.js';
import { Dialog } from '../../ui/dialog.js';
import { Icon } from '../../ui/icon.js';
import { Load, useLoad } from '../../ui/load.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';
import { SaveState } from '../placement/save-state.js';
import { current, loadFinal, submitFinal } from './current.js';

/** @param {{open: number, attempt: number, onClose: () => void}} props open: questions without an answer */
function Confirm({ open, attempt, onClose }) {
	const submit = useAction(async () => {
		const outbox = current.get()?.outbox;
		if (outbox && outbox.state.pending > 0 && !await outbox.flush()) {
			return;
		}
		await submitFinal(attempt);
		navigate('/prova-finale/esito');
	});
	return html`<${Dialog} title=${t('final.confirm')} onClose=${onClose}>
		<p>${open > 0 ? t('quest.confirm_open', { open }) : t('quest.confirm_all')}</p>
		<p>${t('quest.confirm_final')}</p>
		<${ErrorBox} error=${submit.error} />
		<div class="actions">
			<button type="button" class="btn btn-primary" disabled=${submit.busy} onClick=${submit.run}>${t('final.submit')}</button>
			<button type="button" class="btn btn-outline-primary" onClick=${onClose}>${t('quest.keep_answering')}</button>
		</div>
	<//>`;
}

function Review() {
	const now = useSignal(current);
	const [asking, ask] = useState(false);
	if (!now?.outbox || !now.view.attempt) {
		return null;
	}
	const { outbox, view: { attempt } } = now;
	const answered = attempt.answered.map((done, i) => done || Boolean(outbox.answerAt(i)?.length));
	const open = answered.filter((done) => !done).length;
	return html`
		<p class="lead">${open > 0 ? t('quest.review_open', { open }) : t('quest.review_all')}</p>
		<ol class="review">${answered.map((done, i) => html`<li key=${i}><a href=${`/prova-finale/domanda/${i + 1}`}>
			<${Icon} name=${done ? 'check-circle' : 'minus-circle'} size="sm" color=${done ? 'success' : 'warning'} />
			<span>${t('quest.question_n', { n: i + 1 })}</span>
			<span class="muted">${t(done ? 'quest.answered' : 'quest.unanswered')}</span>
		</a></li>`)}</ol>
		<${SaveState} outbox=${outbox} />
		<p class="actions">
			<button type="button" class="btn btn-primary btn-lg" disabled=${outbox.state.offline} onClick=${() => ask(true)}>${t('final.submit')}</button>
			<a href="/percorso">${t('quest.stop')}</a>
		</p>
		${asking && html`<${Confirm} open=${open} attempt=${attempt.id} onClose=${() => ask(false)} />`}`;
}

export function FinalReview() {
	const view = useLoad(async () => {
		const found = await loadFinal();
		if (!found.attempt) {
			navigate(found.history.length > 0 ? '/prova-finale/esito' : '/prova-finale', { replace: true });
		}
		return found;
	});
	return html`<${Page} title=${t('quest.review')} narrow>
		<${Load} of=${view}>${() => html`<${Review} />`}<//>
	<//>`;
}
