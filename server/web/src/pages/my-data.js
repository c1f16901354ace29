// A copy of everything that the system holds about oneself.

import { html } from '../html.js';
import { t } from '../i18n.js';
import { Icon } from '../ui/icon.js';
import { Page } from '../ui/page.js';

export function MyDataPage() {
	return html`<${Page} title=${t('mydata.title')} lead=${t('mydata.lead')} narrow>
		<div class="panel">
			<p>${t('mydata.what')}</p>
			<p>${t('mydata.recorded')}</p>
			<a class="btn btn-primary" href="/api/me/data.zip" download><${Icon} name="download" size="sm" color="white" /> ${t('mydata.download')}</a>
		</div>
		<p class="mt-4">${t('mydata.rights')} <a href="/privacy">${t('privacy.title')}</a></p>
	<//>`;
}
