// Opened by the player in a window of its own when the log-in has expired over a running course. Whoever gets here is
// logged in again; the player's own page, under the new address, hands the new token to the course that waits.

import { useEffect } from 'preact/hooks';
import { api } from '../../api.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { Load, useLoad } from '../../ui/load.js';
import { Page } from '../../ui/page.js';

/** @param {{attempt: string}} props */
export function Renew({ attempt }) {
	const renewed = useLoad(() => api.post('/me/launch/renew', { attempt: Number(attempt) }));
	useEffect(() => {
		if (renewed.data) {
			location.replace(`${renewed.data.url}#renewed`);
		}
	}, [renewed.data]);
	return html`<${Page} title=${t('renew.title')} narrow>
		<${Load} of=${renewed}>${() => html`<p>${t('renew.done')}</p>`}<//>
	<//>`;
}
