// The institutional footer: who pays for it, the accessibility statement, contacts.

import { html } from '../html.js';
import { t, pick } from '../i18n.js';
import { date } from '../format.js';

/** @param {{programme: any}} props */
export function Footer({ programme }) {
	const until = programme?.deadline;
	return html`<footer class="it-footer site-footer">
		<div class="it-footer-main">
			<div class="container">
				<div class="footer-row">
					<div class="footer-funding">
						<img src="/assets/img/eu.svg" width="60" height="40" alt="" />
						<p><strong>${t('footer.funding')}</strong><br />${t('footer.pnrr')}</p>
					</div>
					<div class="footer-about">
						<p class="footer-title">${pick(programme, 'title') || t('programme.title')}</p>
						<p>${t('owner.name')}${until && html`<br />${t('programme.deadline', { date: date(until) })}`}</p>
					</div>
				</div>
			</div>
		</div>
		<div class="it-footer-small-prints">
			<div class="container">
				<h2 class="visually-hidden">${t('footer.links')}</h2>
				<ul class="footer-links">
					<li><a href="/accessibilita">${t('footer.accessibility')}</a></li>
					<li><a href="/privacy">${t('footer.privacy')}</a></li>
					<li><a href="/contatti">${t('footer.contacts')}</a></li>
				</ul>
			</div>
		</div>
	</footer>`;
}
