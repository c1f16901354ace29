// Pages for when there is no page.

import { html } from '../html.js';
import { t } from '../i18n.js';
import { Page } from '../ui/page.js';

export function NotFound() {
	return html`<${Page} title=${t('trouble.not_found')} lead=${t('trouble.not_found_text')} narrow>
		<a class="btn btn-primary" href="/">${t('action.home')}</a>
	<//>`;
}

export function NotAllowed() {
	return html`<${Page} title=${t('trouble.not_allowed')} lead=${t('trouble.not_allowed_text')} narrow>
		<a class="btn btn-primary" href="/">${t('action.home')}</a>
	<//>`;
}

export function Unreachable() {
	return html`<${Page} title=${t('trouble.unreachable')} lead=${t('trouble.unreachable_text')} narrow>
		<button type="button" class="btn btn-primary" onClick=${() => location.reload()}>${t('state.retry')}</button>
	<//>`;
}
