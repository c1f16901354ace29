// Accessibility statement, privacy notice, contacts: open to everybody.

import { html } from '../html.js';
import { t } from '../i18n.js';
import { session } from '../session.js';
import { Page } from '../ui/page.js';

/** @param {{heading: string, text: string, children?: any}} props keys of texts */
function Section({ heading, text, children }) {
	return html`<section><h2>${t(heading)}</h2><p>${t(text)}</p>${children}</section>`;
}

export function AccessibilityPage() {
	return html`<${Page} title=${t('accessibility.title')} lead=${t('accessibility.intro')} narrow>
		<${Section} heading="accessibility.state" text="accessibility.state_text">
			<p><a href="https://form.agid.gov.it" rel="external">${t('accessibility.official')}</a></p>
		<//>
		<${Section} heading="accessibility.courses" text="accessibility.courses_text" />
		<${Section} heading="accessibility.feedback" text="accessibility.feedback_text">
			<p><a href="/contatti">${t('contacts.title')}</a></p>
		<//>
	<//>`;
}

export function PrivacyPage() {
	return html`<${Page} title=${t('privacy.title')} lead=${t('privacy.intro')} narrow>
		${['what', 'who', 'cookies', 'rights'].map((part) => html`<${Section} key=${part} heading=${`privacy.${part}`} text=${`privacy.${part}_text`} />`)}
	<//>`;
}

export function ContactsPage() {
	const email = session.get()?.programme?.support_email;
	return html`<${Page} title=${t('contacts.title')} lead=${t('contacts.intro')} narrow>
		<p>${email ? html`<strong>${t('contacts.email')}:</strong> <a href=${`mailto:${email}`}>${email}</a>` : t('contacts.no_email')}</p>
		<h2>${t('contacts.tell')}</h2>
		<ul>${['page', 'message', 'browser'].map((part) => html`<li key=${part}>${t(`contacts.tell_${part}`)}</li>`)}</ul>
	<//>`;
}
