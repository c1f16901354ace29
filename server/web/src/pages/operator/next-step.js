// The one big action of the operator's home.

import { date, duration } from '../../format.js';
import { html } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { Icon } from '../../ui/icon.js';
import { newsOf } from './module-row.js';

/** @typedef {import('../../types.js').MyPath} MyPath */

/** @typedef {{final: import('../../types.js').FinalTest, quality: import('../../types.js').Quality, credits: import('../../types.js').Credits}} Exams */

/** Does nothing but the declaration stand between the person and the credits? @param {import('../../types.js').Credits} credits */
function onlyToDeclare(credits) {
	const missing = credits.event && credits.professional ? credits.conditions.filter((one) => !one.fulfilled).map((one) => one.code) : [];
	return missing.length > 0 && missing.every((code) => code === 'declaration' || code === 'region');
}

/**
 * What to do once the modules are done: the final test, the contents again, the questionnaire.
 * @param {MyPath} path @param {Exams} exams
 * @returns {{kind: 'final' | 'final_resume' | 'again' | 'no_attempts' | 'quality' | 'declare', module?: import('../../types.js').PathModule} | null}
 */
function nextExam(path, { final, quality, credits }) {
	if (final.state === 'open') {
		return { kind: 'final_resume' };
	}
	if (final.may_start && final.required) {
		return { kind: 'final' };
	}
	const again = final.missing.find((fact) => fact.code === 'FINAL_CONTENTS_AGAIN');
	if (again && final.missing.every((fact) => fact.code === 'FINAL_CONTENTS_AGAIN')) {
		const index = Number(/\d+/.exec(again.where ?? '')?.[0] ?? 1);
		return { kind: 'again', module: path.modules.find((one) => one.index === index) };
	}
	if (quality.may_hand_in && quality.required && final.passed) {
		return { kind: 'quality' };
	}
	if (onlyToDeclare(credits)) {
		return { kind: 'declare' };
	}
	return final.required && final.missing.some((fact) => fact.code === 'FINAL_NO_ATTEMPTS') ? { kind: 'no_attempts' } : null;
}

/**
 * What to do now, decided from the path and the exams alone.
 * @param {MyPath} path @param {Exams} [exams]
 * @returns {{kind: 'start' | 'resume' | 'wait' | 'module' | 'time' | 'done' | 'nothing' | 'final' | 'final_resume' | 'again' | 'no_attempts' | 'quality' | 'declare', module?: import('../../types.js').PathModule}}
 */
export function nextStep(path, exams) {
	if (path.placement.state === 'open') {
		return { kind: 'resume' };
	}
	if (!path.level) {
		return { kind: path.placement.may_start ? 'start' : 'wait' };
	}
	const exam = exams ? nextExam(path, exams) : null;
	if (exam) {
		return exam;
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

/** @param {{kind: string, exams: Exams, module?: import('../../types.js').PathModule, launch: {run: (index: number) => Promise<boolean>, busy: boolean}}} props */
function ExamCard({ kind, exams: { final }, module, launch }) {
	if (kind === 'no_attempts') {
		return html`<${Card} title=${t('steps.next_no_attempts')} text=${final.missing.map((fact) => pick(fact)).join(' ')} />`;
	}
	if (kind === 'again') {
		return html`<${Card} title=${t('steps.next_again')} text=${t('steps.next_again_text', { missing: pick(final.missing[0]) })}>
			${module && html`<button type="button" class="btn btn-light btn-lg" disabled=${launch.busy} onClick=${() => launch.run(module.index)}>${t('steps.next_again_go', { n: module.index })}</button>`}
		<//>`;
	}
	const href = kind === 'quality' ? '/questionario-qualita' : '/prova-finale';
	return html`<${Card} title=${t(`steps.next_${kind}`)} text=${t(`steps.next_${kind}_text`, { questions: final.questions, needed: final.needed })}>
		<a class="btn btn-light btn-lg" href=${href}>${t(kind === 'final_resume' ? 'final.resume' : `steps.next_${kind}_go`)}</a>
	<//>`;
}

/** @param {{path: MyPath, exams: Exams, launch: {run: (index: number) => Promise<boolean>, busy: boolean}}} props */
export function NextStep({ path, exams, launch }) {
	const { kind, module } = nextStep(path, exams);
	if (['final', 'final_resume', 'again', 'no_attempts', 'quality'].includes(kind)) {
		return html`<${ExamCard} kind=${kind} exams=${exams} module=${module} launch=${launch} />`;
	}
	if (kind === 'declare') {
		return html`<${Card} title=${t('credits.next')} text=${t('credits.next_text')}><a class="btn btn-light btn-lg" href="/dichiarazione">${t('credits.declare_go')}</a><//>`;
	}
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
	/* Who gets a new version does not go on from where they were. */
	const news = module.update && module.update.state !== 'done' ? newsOf(module) : null;
	const step = kind === 'time' ? 'review' : module.status === 'in_progress' && module.update?.state !== 'waiting' ? 'continue' : 'begin';
	const named = t('home.module_named', { n: module.index, title: pick(module, 'title') });
	const values = { minutes: module.minutes_expected, named,
		time: duration(kind === 'time' ? path.seconds_needed - path.seconds_total : module.seconds) };
	return html`<${Card} title=${kind === 'time' ? t('home.time_missing') : named} text=${(kind !== 'time' && news) || t(`home.next_${step}_text`, values)}>
		<button type="button" class="btn btn-light btn-lg" disabled=${launch.busy} onClick=${() => launch.run(module.index)}>
			${t(launch.busy ? 'home.launching' : `home.next_${step}`)}
		</button>
	<//>`;
}
