// One of the path's modules on the operator's home.

import { date, duration, number, percent } from '../../format.js';
import { html, classes } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { Icon } from '../../ui/icon.js';
import { Meter } from '../../ui/meter.js';

/** @typedef {import('../../types.js').PathModule} PathModule */

/** How a module's state is called and coloured. @param {PathModule} module @returns {[string, string]} */
export function stateOf(module) {
	if (module.status === 'completed') {
		return ['status.completed', 'tag-good'];
	}
	if (module.success === 'failed') {
		return ['status.failed', 'tag-warn'];
	}
	if (module.status === 'in_progress') {
		return ['status.in_progress', 'tag-busy'];
	}
	if (module.status === 'unassigned') {
		return ['status.unassigned', ''];
	}
	return module.locked ? ['status.locked', ''] : ['status.not_started', ''];
}

/** What its button does, or null when it cannot be opened. @param {PathModule} module */
export function actionOf(module) {
	if (module.status === 'unassigned' || (module.locked && module.status === 'not_started')) {
		return null;
	}
	return { not_started: 'home.begin', in_progress: module.update?.state === 'waiting' ? 'home.restart' : 'home.continue', completed: 'home.review' }[module.status];
}

/** What the person is told about a new version, or null. @param {PathModule} module */
export function newsOf(module) {
	if (!module.update) {
		return null;
	}
	if (module.update.state === 'waiting') {
		return t(module.status === 'completed' ? 'update.waiting_completed' : 'update.waiting');
	}
	if (module.update.state === 'returning') {
		return t('update.returning');
	}
	return module.status === 'completed' ? null : t('update.done', { date: date(module.update.at) });
}

/** @param {{module: PathModule, placed: boolean, next: boolean, launch: {run: (index: number) => Promise<boolean>, busy: boolean}}} props */
export function ModuleRow({ module, placed, next, launch }) {
	const [state, color] = stateOf(module);
	const action = placed ? actionOf(module) : null;
	const n = module.index;
	const news = newsOf(module);
	const facts = [
		t('home.expected', { minutes: module.minutes_expected }),
		module.seconds > 0 && t('home.time_spent', { time: duration(module.seconds) }),
		module.score !== null && t('home.score', { score: number(module.score, { maximumFractionDigits: 0 }) }),
	].filter(Boolean).join(' · ');
	return html`<li class=${classes('module', next && 'module-next', !action && 'module-closed')}>
		<span class="module-number" aria-hidden="true">${module.status === 'completed' ? html`<${Icon} name="check" color="white" />` : n}</span>
		<div class="module-text">
			<h3><span class="visually-hidden">${t('home.module_n', { n })}: </span>${pick(module, 'title')}</h3>
			<p>${placed && html`<span class=${`tag ${color}`}>${t(state)}</span> `}${facts}</p>
			${news && html`<p class="module-news">${news}</p>`}
			${module.status === 'in_progress' && module.progress !== null && html`<div class="module-progress">
				<${Meter} share=${module.progress} label=${t('home.progress', { n })} /><span>${percent(module.progress)}</span>
			</div>`}
		</div>
		${action && html`<button type="button" class=${classes('btn', next ? 'btn-primary' : 'btn-outline-primary')} disabled=${launch.busy}
			aria-label=${t('home.action_for', { action: t(action), n })} onClick=${() => launch.run(n)}>${t(action)}</button>`}
	</li>`;
}
