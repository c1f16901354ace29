// One person's classes, for the provider: places and how they came about, presence by session, test, credits; what they teach.

import { api } from '../../api.js';
import { date, dateTime, number, shortDate } from '../../format.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { Load, useLoad } from '../../ui/load.js';
import { Overlaps } from '../../ui/overlaps.js';
import { Table } from '../../ui/table.js';
import { Outcome, Results } from './results.js';

/** Presence, in minutes and as a share, session by session. @param {{one: any}} props */
function Presence({ one }) {
	const { presence } = one;
	const share = (/** @type {any} */ session) => Math.floor((session.minutes * 100) / minutesOf(session));
	const columns = [
		{ name: t('classes.session'), head: true, cell: (/** @type {any} */ session) => html`<a href=${`/incontri/${session.id}`}>${date(session.day)}</a><span class="sub">${session.begins} – ${session.ends}${session.venue_name && ` · ${session.venue_name}, ${session.town}`}</span>` },
		{ name: t('roll.in'), cell: (/** @type {any} */ session) => session.came ?? '—' },
		{ name: t('roll.out'), cell: (/** @type {any} */ session) => html`${session.went ?? '—'}${session.lacks_exit && html` <span class="tag tag-warn">${t('classes.lacks_exit')}</span>`}` },
		{ name: t('roll.minutes'), num: true, cell: (/** @type {any} */ session) => t('classes.minutes_of', { n: number(session.minutes), total: number(minutesOf(session)), percent: number(share(session)) }) },
	];
	return html`<p class="mb-2">${t('classes.presence')}: <strong>${number(presence.percent)} %</strong> (${t('classes.minutes_planned', { n: number(presence.minutes), total: number(presence.planned_minutes), needed: one.presence_percent })})
		${presence.enough && html` <span class="tag tag-good">${t('classes.enough')}</span>`}</p>
		<${Table} caption=${t('classes.presence')} columns=${columns} rows=${presence.sessions} keyOf=${(/** @type {any} */ session) => session.id} empty=${t('classes.no_sessions')} />`;
}

/** How long a session lasts by the clock. @param {{begins: string, ends: string}} session */
function minutesOf(session) {
	const [from, to] = [session.begins, session.ends].map((clock) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)));
	return Math.max(1, to - from);
}

/** @param {{one: any}} props */
function Credits({ one }) {
	const { credits, event } = one;
	return html`<p class="mb-0">${t('classes.credits_of', { credits: event.crediti.replace('.', ',') })}: <span class=${`tag ${credits.eligible ? 'tag-good' : ''}`}>${t(credits.eligible ? 'classes.credits_earned' : 'classes.credits_not_yet')}</span>
		${credits.eligible ? ` ${t('credits.met_on', { date: date(credits.earned_on) })}` : html` <a href=${`/eventi/${event.id}/requisiti?search=${encodeURIComponent(one.code)}`}>${t('credits.missing')}</a>`}</p>`;
}

/** @param {{one: any}} props */
function Place({ one }) {
	const { event, group } = one;
	const seated = one.state === 'invited' || one.state === 'enrolled';
	return html`<section class="panel mb-3" aria-labelledby=${`class-${event.id}`}>
		<h3 class="h6" id=${`class-${event.id}`}><a href=${`/classi/${group.id}`}>${group.name}</a> — <a href=${`/eventi/${event.id}/classi`}>${event.title}</a></h3>
		<p><span class=${`tag ${one.completed ? 'tag-good' : ''}`}>${t(one.completed ? 'classes.completed' : `classes.state_${one.state}`)}</span>${one.completed ? ` ${date(one.completed)}` : one.why && ` ${one.why}`}</p>
		${one.overlaps.length > 0 && html`<div class="alert alert-warning"><${Overlaps} problems=${one.overlaps} /></div>`}
		${seated && html`<${Presence} one=${one} />
			<p class="mt-3 mb-2">${t('results.title')}: ${one.outcome.demanded ? html`<${Outcome} outcome=${one.outcome} />` : t('results.none')}</p>
			${one.results.length > 0 && html`<${Results} person=${one} act=${null} />`}
			<${Credits} one=${one} />`}
		<details class="mt-3"><summary>${t('classes.steps')}</summary><ul class="mt-3 mb-0">${one.steps.map((/** @type {any} */ step, /** @type {number} */ i) => html`<li key=${i}>
			${t(`classes.state_${step.state}`)}, ${step.group} · ${dateTime(step.at)}${step.by && ` · ${step.by}`}${step.why && ` · ${step.why}`}</li>`)}</ul></details>
	</section>`;
}

/** @param {{id: number, code: string}} props code: the codice fiscale */
export function PersonClasses({ id, code }) {
	const load = useLoad(() => api.get(`/people/${id}/classes`), [id]);
	return html`<section aria-labelledby="classes"><h2 id="classes">${t('classes.of_person')}</h2>
		<${Load} of=${load}>${(/** @type {any} */ { classes, taught }) => html`
			${classes.map((/** @type {any} */ one) => html`<${Place} key=${one.event.id} one=${{ ...one, code }} />`)}
			${classes.length === 0 && html`<p class="muted">${t('classes.none_of_person')}</p>`}
			${taught.length > 0 && html`<h3 class="h6">${t('classes.teaches')}</h3><ul>${taught.map((/** @type {any} */ { event, group }) => html`<li key=${group.id}><a href=${`/classi/${group.id}`}>${group.name}</a> — ${event.title}${group.first_day && ` · ${shortDate(group.first_day)}`}</li>`)}</ul>`}`}<//>
	</section>`;
}
