// One's own classes: invitations, where and when, presence, the badge, what the credits still lack; and those one teaches.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { date, number, shortDate } from '../../format.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { useAction } from '../../ui/busy.js';
import { Dialog } from '../../ui/dialog.js';
import { Load, useLoad } from '../../ui/load.js';
import { Meter } from '../../ui/meter.js';
import { Overlaps } from '../../ui/overlaps.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';
import { Qr } from '../../ui/qr.js';
import { WhyDialog } from '../../ui/why-dialog.js';
import { Outcome } from '../provider/results.js';
import { Conditions } from './checklist.js';

/** @param {{one: any}} props */
function Sessions({ one }) {
	return html`<ul class="list-unstyled">${one.presence.sessions.map((/** @type {any} */ session) => html`<li key=${session.id} class="mb-2">
		<strong>${date(session.day)}, ${session.begins}–${session.ends}</strong>
		${session.inside && !session.lacks_exit && html` <span class="tag tag-good">${t('roll.inside')}</span>`}${session.lacks_exit && html` <span class="tag tag-warn">${t('classes.lacks_exit')}</span>`}
		<span class="d-block muted">${[session.venue_name && `${session.venue_name}, ${[session.address, session.town].filter(Boolean).join(', ')}`, session.teacher_name].filter(Boolean).join(' · ')}</span>
		${session.came && html`<span class="d-block muted">${t('classes.came', { came: session.came, went: session.went ?? '…', minutes: number(session.minutes) })}</span>`}
	</li>`)}</ul>`;
}

/** Does the event ask for this condition? @param {any} credits @param {string} code */
const demands = (credits, code) => credits.conditions.some((/** @type {any} */ one) => one.code === code && one.demanded);

/** What is missing for the credits of this event, asked for when it is opened. @param {{event: any}} props */
function Missing({ event }) {
	const credits = useLoad(() => api.get(`/me/credits?event=${event.id}`));
	const at = (/** @type {string} */ page) => `/aula/${event.id}/${page}`;
	return html`<${Load} of=${credits}>${(/** @type {any} */ data) => html`<${Conditions} credits=${data} own declareAt=${at('dichiarazione')} />
		<p class="actions">${demands(data, 'final') && html`<a class="btn btn-outline-primary" href=${at('prova-finale')}>${t('credits.final')}</a> `}<a class="btn btn-outline-primary" href=${at('questionario-qualita')}>${t('credits.quality')}</a></p>`}<//>`;
}

/** @param {{one: any, onClose: () => void}} props */
function Badge({ one, onClose }) {
	return html`<${Dialog} title=${t('classes.badge')} onClose=${onClose}><p>${t('classes.badge_text')}</p>
		<div class="class-badge"><${Qr} code=${one.badge_qr} label=${t('classes.badge_of', { badge: one.badge })} /><p class="code text-break">${one.badge}</p></div><//>`;
}

/** @param {{one: any, set: (data: any) => void}} props */
function Invitation({ one, set }) {
	const [declining, decline] = useState(false);
	const accept = useAction(async () => set(await api.put(`/me/classes/${one.event.id}`, { accept: true })));
	return html`<p>${t('classes.invited_text')}</p><${ErrorBox} error=${accept.error} />
		<p class="actions"><button type="button" class="btn btn-primary" disabled=${accept.busy} onClick=${accept.run}>${t('classes.accept')}</button>
			<button type="button" class="btn btn-outline-primary" onClick=${() => decline(true)}>${t('classes.decline')}</button></p>
		${declining && html`<${WhyDialog} title=${t('classes.decline')} go=${t('classes.decline')} onClose=${() => decline(false)}
			act=${async (/** @type {string} */ why) => set(await api.put(`/me/classes/${one.event.id}`, { accept: false, why }))} />`}`;
}

/** @param {{one: any, set: (data: any) => void}} props */
function Own({ one, set }) {
	const [badge, showBadge] = useState(false);
	const { event, group, presence } = one;
	const enrolled = one.state === 'enrolled';
	return html`<section class="panel mb-4" aria-labelledby=${`event-${event.id}`}>
		<h2 class="h5" id=${`event-${event.id}`}>${event.title}</h2>
		<p>${group.name} · ${t('classes.event_facts', { hours: event.ore, credits: event.crediti.replace('.', ',') })} <span class=${`tag ${one.completed ? 'tag-good' : ''}`}>${t(one.completed ? 'classes.completed' : `classes.state_${one.state}`)}</span></p>
		${one.overlaps.length > 0 && html`<div class="alert alert-warning"><p class="mb-1">${t('classes.overlaps_mine')}</p><${Overlaps} problems=${one.overlaps} mend=${false} /></div>`}
		${one.state === 'invited' && html`<${Invitation} one=${one} set=${set} />`}
		${one.why && !enrolled && one.state !== 'invited' && html`<p>${one.why}</p>`}
		${(enrolled || one.state === 'invited') && html`<${Sessions} one=${one} />`}
		${enrolled && html`<p class="mb-1">${t('classes.presence_so_far', { n: presence.percent, needed: one.presence_percent })}</p>
			<${Meter} share=${presence.percent / 100} label=${t('classes.presence')} />
			<p class="mb-1 mt-3">${t('results.title')}: ${one.outcome.demanded ? html`<${Outcome} outcome=${one.outcome} />` : t('results.none')}</p>
			${one.credits.eligible && html`<p class="mb-1">${t('classes.credits_of', { credits: event.crediti.replace('.', ',') })}: <span class="tag tag-good">${t('classes.credits_earned')}</span> ${t('credits.met_on', { date: date(one.credits.earned_on) })}</p>`}
			${!group.closed && html`<p class="actions"><a class="btn btn-primary" href="/presenza">${t('presence.sign')}</a>
				<button type="button" class="btn btn-outline-primary" onClick=${() => showBadge(true)}>${t('classes.show_badge')}</button></p>`}
			<details><summary>${t('credits.missing')}</summary><div class="mt-3"><${Missing} event=${event} /></div></details>`}
		${badge && html`<${Badge} one=${one} onClose=${() => showBadge(false)} />`}
	</section>`;
}

/** @param {{taught: any[]}} props */
function Taught({ taught }) {
	return html`<h2 class="h4">${t('classes.taught')}</h2><ul class="list-unstyled">${taught.map(({ event, group }) => html`<li key=${group.id} class="panel mb-3">
		<a href=${`/aula/classi/${group.id}`}><strong>${group.name}</strong></a> — ${event.title}
		<span class="d-block muted">${[group.first_day && [group.first_day, group.last_day].filter((day, i) => i === 0 || day !== group.first_day).map(shortDate).join(' – '), group.town, t('classes.n_enrolled', { n: group.enrolled })].filter(Boolean).join(' · ')}</span></li>`)}</ul>`;
}

export function MyClassesPage() {
	const mine = useLoad(() => api.get('/me/classes'));
	return html`<${Page} title=${t('classes.mine')} lead=${t('classes.mine_lead')} narrow>
		<${Load} of=${mine}>${(/** @type {any} */ data) => html`
			${data.taught.length > 0 && html`<${Taught} taught=${data.taught} />`}
			${data.taught.length > 0 && data.classes.length > 0 && html`<h2 class="h4">${t('classes.attended')}</h2>`}
			${data.classes.map((/** @type {any} */ one) => html`<${Own} key=${one.event.id} one=${one} set=${mine.set} />`)}
			${data.classes.length + data.taught.length === 0 && html`<div class="empty"><p>${t('classes.none')}</p></div>`}`}<//>
	<//>`;
}
