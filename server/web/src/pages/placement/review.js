// Before handing the placement in.

import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { navigate } from '../../router.js';
import { useSignal } from '../../signal.js';
import { HandIn } from '../../ui/hand-in.js';
import { Load, useLoad } from '../../ui/load.js';
import { Page } from '../../ui/page.js';
import { current, loadPlacement, submitPlacement } from './current.js';

function Review() {
	const now = useSignal(current);
	if (!now) {
		return null;
	}
	const { view, outbox } = now;
	const sheet = {
		outbox,
		answered: view.answered,
		questionAt: (/** @type {number} */ position) => (view.may_go_back ? `/questionario/domanda/${position + 1}` : null),
		submit: submitPlacement,
		done: '/questionario/esito',
		words: { title: t('quest.confirm'), submit: t('quest.submit') },
	};
	return html`<${HandIn} sheet=${sheet} />`;
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
