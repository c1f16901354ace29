// The one big action of the operator's home.

import { date, duration } from '../../format.js';
import { html } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { Icon } from '../../ui/icon.js';

/** @typedef {import('../../types.js').MyPath} MyPath */

/**
 * What to do now, decided from the path alone.
 * @param {MyPath} path
 * @returns {{kind: 'start' | 'resume' | 'wait' | 'module' | 'time' | 'done' | 'nothing', module?: import('../../types.js').PathModule}}
 */
export function nextStep(path) {
	if (path.placement.state === 'open') {
		return { kind: 'resume' };
	}
	if (!path.level) {
		return { kind: path.placement.may_start ? 'start' : 'wait' };
	}
	if (path.completion.complete) {
		return { kind: 'done' };
	}
	const module = path.modules.find((one) => one.index === path.next);
	if (module) {
		return { kind: 'module', module };
	}
	if (path.seconds_total < path.seconds_needed && path.modules.every((one) => one.status === 'completed')) {
		return { kind: 'time', module: path.modules.reduce((least, one) => (one.seconds < least.seconds ? one : least)) };
	}
	return { kind: 'nothing' };
}

/** @param {{title: string, text?: any, good?: boolean, children?: any}} props */
function Card({ title, text, good, children }) {
	return html`<section class=${good ? 'next next-good' : 'next'} aria-labelledby="next-title">
		<p class="next-kicker">${good ? html`<${Icon} name="check-circle" color="white" />` : t('home.next')}</p>
		<h2 id="next-title">${title}</h2>
		${text && html`<p>${text}</p>`}
		${children && html`<div class="next-action">${children}</div>`}
	</section>`;
}

/** @param {{path: MyPath, launch: {run: (index: number) => Promise<boolean>, busy: boolean}}} props */
export function NextStep({ path, launch }) {
	const { kind, module } = nextStep(path);
	if (kind === 'start' || kind === 'resume') {
		return html`<${Card} title=${t(`home.${kind}_placement`)} text=${t(`home.${kind}_placement_text`)}>
			<a class="btn btn-light btn-lg" href="/questionario">${t(`home.${kind}_placement_go`)}</a>
		<//>`;
	}
	if (kind === 'wait') {
		const why = path.placement.why_not;
		return html`<${Card} title=${t('home.cannot_start')} text=${[pick(why), pick(why, 'mend')].join(' ')} />`;
	}
	if (kind === 'done') {
		return html`<${Card} good title=${t('home.done')} text=${t('home.done_text', { date: date(path.completion.at) })} />`;
	}
	if (!module) {
		return html`<${Card} title=${t('home.nothing_next')} />`;
	}
	const step = kind === 'time' ? 'review' : module.status === 'in_progress' ? 'continue' : 'begin';
	const named = t('home.module_named', { n: module.index, title: pick(module, 'title') });
	const values = { minutes: module.minutes_expected, named,
		time: duration(kind === 'time' ? path.seconds_needed - path.seconds_total : module.seconds) };
	return html`<${Card} title=${kind === 'time' ? t('home.time_missing') : named} text=${t(`home.next_${step}_text`, values)}>
		<button type="button" class="btn btn-light btn-lg" disabled=${launch.busy} onClick=${() => launch.run(module.index)}>
			${t(launch.busy ? 'home.launching' : `home.next_${step}`)}
		</button>
	<//>`;
}
