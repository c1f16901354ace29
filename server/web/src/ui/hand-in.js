// Before a test is handed in: which questions have an answer, and the confirmation.

import { useState } from 'preact/hooks';
import { html } from '../html.js';
import { t } from '../i18n.js';
import { navigate } from '../router.js';
import { useAction } from './busy.js';
import { Dialog } from './dialog.js';
import { Icon } from './icon.js';
import { ErrorBox } from './problems.js';
import { SaveState } from './save-state.js';

/**
 * @typedef {object} Sheet
 * @property {import('../outbox.js').Outbox} outbox
 * @property {boolean[]} answered by question, as the server knows
 * @property {(position: number) => string | null} questionAt the page of a question, from 0; null when it may not be opened again
 * @property {() => Promise<void>} submit
 * @property {string} done the page of the result
 * @property {{title: string, submit: string}} words
 */

/** @param {{sheet: Sheet, open: number, onClose: () => void}} props open: questions without an answer */
function Confirm({ sheet, open, onClose }) {
	const submit = useAction(async () => {
		if (sheet.outbox.state.pending > 0 && !await sheet.outbox.flush()) {
			return;
		}
		await sheet.submit();
		navigate(sheet.done);
	});
	return html`<${Dialog} title=${sheet.words.title} onClose=${onClose}>
		<p>${open > 0 ? t('quest.confirm_open', { open }) : t('quest.confirm_all')}</p>
		<p>${t('quest.confirm_final')}</p>
		<${ErrorBox} error=${submit.error} />
		<div class="actions">
			<button type="button" class="btn btn-primary" disabled=${submit.busy} onClick=${submit.run}>${sheet.words.submit}</button>
			<button type="button" class="btn btn-outline-primary" onClick=${onClose}>${t('quest.keep_answering')}</button>
		</div>
	<//>`;
}

/** @param {{position: number, done: boolean, href: string | null}} props */
function Row({ position, done, href }) {
	const text = html`<${Icon} name=${done ? 'check-circle' : 'minus-circle'} size="sm" color=${done ? 'success' : 'warning'} />
		<span>${t('quest.question_n', { n: position + 1 })}</span>
		<span class="muted">${t(done ? 'quest.answered' : 'quest.unanswered')}</span>`;
	return html`<li>${href ? html`<a href=${href}>${text}</a>` : html`<span>${text}</span>`}</li>`;
}

/** @param {{sheet: Sheet}} props */
export function HandIn({ sheet }) {
	const [asking, ask] = useState(false);
	const { outbox } = sheet;
	const answered = sheet.answered.map((done, i) => done || Boolean(outbox.answerAt(i)?.length));
	const open = answered.filter((done) => !done).length;
	return html`
		<p class="lead">${open > 0 ? t('quest.review_open', { open }) : t('quest.review_all')}</p>
		<ol class="review">${answered.map((done, i) => html`<${Row} key=${i} position=${i} done=${done} href=${sheet.questionAt(i)} />`)}</ol>
		<${SaveState} outbox=${outbox} />
		<p class="actions">
			<button type="button" class="btn btn-primary btn-lg" disabled=${outbox.state.offline} onClick=${() => ask(true)}>${sheet.words.submit}</button>
			<a href="/percorso">${t('quest.stop')}</a>
		</p>
		${asking && html`<${Confirm} sheet=${sheet} open=${open} onClose=${() => ask(false)} />`}`;
}
