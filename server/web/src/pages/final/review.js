// Before handing the final test in.

import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { navigate } from '../../router.js';
import { useSignal } from '../../signal.js';
import { HandIn } from '../../ui/hand-in.js';
import { Load, useLoad } from '../../ui/load.js';
import { Page } from '../../ui/page.js';
import { current, loadFinal, submitFinal } from './current.js';
import { pagePath } from './which.js';

function Review() {
	const now = useSignal(current);
	if (!now?.outbox || !now.view.attempt) {
		return null;
	}
	const { outbox, view: { attempt } } = now;
	const sheet = {
		outbox,
		answered: attempt.answered,
		questionAt: (/** @type {number} */ position) => pagePath(`/prova-finale/domanda/${position + 1}`),
		submit: () => submitFinal(attempt.id),
		done: pagePath('/prova-finale/esito'),
		words: { title: t('final.confirm'), submit: t('final.submit') },
	};
	return html`<${HandIn} sheet=${sheet} />`;
}

export function FinalReview() {
	const view = useLoad(async () => {
		const found = await loadFinal();
		if (!found.attempt) {
			navigate(pagePath(found.history.length > 0 ? '/prova-finale/esito' : '/prova-finale'), { replace: true });
		}
		return found;
	});
	return html`<${Page} title=${t('quest.review')} narrow>
		<${Load} of=${view}>${() => html`<${Review} />`}<//>
	<//>`;
}
