// The operator's home: where one is on the path and the one thing to do next.

import { useEffect } from 'preact/hooks';
import { api } from '../../api.js';
import { date, duration } from '../../format.js';
import { html } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { playerAddress } from '../../player-address.js';
import { useAction } from '../../ui/busy.js';
import { Load, useLoad } from '../../ui/load.js';
import { Meter } from '../../ui/meter.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';
import { ClassesHint } from './classes-hint.js';
import { Checklist } from './checklist.js';
import { ModuleRow } from './module-row.js';
import { NextStep } from './next-step.js';
import { Steps } from './steps.js';

/** @typedef {import('../../types.js').MyPath} MyPath */

/** The result of the questionnaire, and whether it may be taken again. @param {{placement: MyPath['placement']}} props */
function PlacementLinks({ placement }) {
	if (placement.state !== 'done') {
		return null;
	}
	const from = placement.may_retake_from;
	return html`<a href="/questionario/esito">${t('home.result_link')}</a>
		${placement.may_start
			? html`<br /><a href="/questionario">${t('home.retake')}</a>`
			: from && html`<br /><span class="muted">${t('home.retake_from', { date: date(from) })}</span>`}`;
}

/** Level, modules and time at a glance. @param {{path: MyPath}} props */
function Glance({ path }) {
	const done = path.modules.filter((module) => module.status === 'completed').length;
	const total = path.modules.length;
	const time = path.seconds_needed > 0 ? path.seconds_total / path.seconds_needed : 0;
	return html`<dl class="glance">
		<div>
			<dt>${t('home.level')}</dt>
			<dd>
				<strong>${path.level ? pick(path.level, 'name') : '—'}</strong>
				${!path.level && html`<span>${t('home.level_none')}</span>`}
				<${PlacementLinks} placement=${path.placement} />
			</dd>
		</div>
		<div>
			<dt>${t('home.modules_done')}</dt>
			<dd>
				<strong>${t('home.n_of_total', { n: done, total })}</strong>
				<${Meter} share=${total ? done / total : 0} label=${t('home.modules_done')} good=${done === total} />
			</dd>
		</div>
		<div>
			<dt>${t('home.time_done')}</dt>
			<dd>
				<strong>${duration(path.seconds_total)}</strong>
				${path.seconds_needed > 0 && html`<span>${t('home.time_of', { time: duration(path.seconds_needed) })}</span>
					<${Meter} share=${time} label=${t('home.time_done')} good=${time >= 1} />`}
			</dd>
		</div>
	</dl>`;
}

/** @param {{path: MyPath}} props */
function Missing({ path }) {
	const { complete, missing } = path.completion;
	if (complete || missing.length === 0 || !path.level) {
		return null;
	}
	return html`<section class="panel panel-tinted mt-4" aria-labelledby="missing">
		<h2 class="h5" id="missing">${t('home.missing')}</h2>
		<p>${t('home.missing_text')}</p>
		<ul>${missing.map((fact) => html`<li key=${fact.code}>${pick(fact)}</li>`)}</ul>
	</section>`;
}

/** @param {{path: MyPath, exams: import('./next-step.js').Exams}} props */
function Home({ path, exams }) {
	const launch = useAction(async (/** @type {number} */ index) => {
		const { url } = await api.post('/me/launch', { module: index });
		location.assign(playerAddress(url));
	});
	const order = path.level ? `home.modules_${path.order}` : 'home.modules_waiting';
	return html`
		<${ErrorBox} error=${launch.error} title=${t('home.launch_failed')} />
		<${NextStep} path=${path} exams=${exams} launch=${launch} />
		<${Steps} path=${path} exams=${exams} />
		<${Glance} path=${path} />
		${exams.credits.event && exams.credits.professional ? html`<${Checklist} credits=${exams.credits} />` : html`<${Missing} path=${path} />`}
		<section aria-labelledby="modules">
			<h2 id="modules">${t('home.modules')}</h2>
			<p class="muted">${t(order)} ${path.modules.some((module, i) => module.index !== i + 1) && t('home.modules_some', { n: path.modules.length })}</p>
			<ol class="modules">${path.modules.map((module) => html`<${ModuleRow} key=${module.index} module=${module}
				placed=${path.level !== null} next=${path.next === module.index} launch=${launch} />`)}</ol>
		</section>`;
}

export function OperatorHome() {
	const path = useLoad(async () => {
		const [mine, final, quality, credits] = await Promise.all([api.get('/me/path'), api.get('/me/final'), api.get('/me/quality'), api.get('/me/credits')]);
		return { path: mine, exams: { final, quality, credits } };
	});
	useEffect(() => {
		// Coming back from a module, the browser may show this page as it was left.
		const shown = (/** @type {PageTransitionEvent} */ event) => event.persisted && path.reload();
		window.addEventListener('pageshow', shown);
		return () => window.removeEventListener('pageshow', shown);
	}, [path.reload]);
	return html`<${Page} title=${t('home.title')}>
		<${ClassesHint} />
		<${Load} of=${path}>${(/** @type {any} */ data) => html`<${Home} ...${data} />`}<//>
	<//>`;
}
