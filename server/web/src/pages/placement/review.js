// Before handing in: which questions have an answer, and the confirmation.

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
import { current, loadPlacement, submitPlacement } from './current.js';
import { SaveState } from './save-state.js';

/** @param {{open: number, onClose: () => void}} props open: questions without an answer */
function Confirm({ open, onClose }) {
	const submit = useAction(async () => {
		const outbox = current.get()?.outbox;
		if (outbox && outbox.state.pending > 0 && !await outbox.flush()) {
			return;
		}
		await submitPlacement();
		navigate('/questionario/esito');
	});
	return html`<${Dialog} title=${t('quest.confirm')} onClose=${onClose}>
		<p>${open > 0 ? t('quest.confirm_open', { open }) : t('quest.confirm_all')}</p>
		<p>${t('quest.confirm_final')}</p>
		<${ErrorBox} error=${submit.error} />
		<div class="actions">
			<button type="button" class="btn btn-primary" disabled=${submit.busy} onClick=${submit.run}>${t('quest.submit')}</button>
			<button type="button" class="btn btn-outline-primary" onClick=${onClose}>${t('quest.keep_answering')}</button>
		</div>
	<//>`;
}

function Review() {
	const now = useSignal(current);
	const [asking, ask] = useState(false);
	if (!now) {
		return null;
	}
	const { view, outbox } = now;
	const answered = view.answered.map((done, i) => done || Boolean(outbox.answerAt(i)?.length));
	const open = answered.filter((done) => !done).length;
	return html`
		<p class="lead">${open > 0 ? t('quest.review_open', { open }) : t('quest.review_all')}</p>
		<ol class="review">${answered.map((done, i) => {
			const text = html`<${Icon} name=${done ? 'check-circle' : 'minus-circle'} size="sm" color=${done ? 'success' : 'warning'} />
				<span>${t('quest.question_n', { n: i + 1 })}</span>
				<span class="muted">${t(done ? 'quest.answered' : 'quest.unanswered')}</span>`;
			return html`<li key=${i}>${view.may_go_back ? html`<a href=${`/questionario/domanda/${i + 1}`}>${text}</a>` : html`<span>${text}</span>`}</li>`;
		})}</ol>
		<${SaveState} outbox=${outbox} />
		<p class="actions">
			<button type="button" class="btn btn-primary btn-lg" disabled=${outbox.state.offline} onClick=${() => ask(true)}>${t('quest.submit')}</button>
			<a href="/percorso">${t('quest.stop')}</a>
		</p>
		${asking && html`<${Confirm} open=${open} onClose=${() => ask(false)} />`}`;
}

export function PlacementReview() {
	const view = useLoad(async () => {
		const found = await loadPlacement();
		if (found?.state !== 'open') {
			navigate(found ? '/questionario/esito' : '/questionario', { replace: true });
		} else if (found.adaptive) {
			navigate(`/questionario/domanda/${found.position + 1}`, { replace: true });
		}
		return found;
	});
	return html`<${Page} title=${t('quest.review')} narrow>
		<${Load} of=${view}>${() => html`<${Review} />`}<//>
	<//>`;
}
