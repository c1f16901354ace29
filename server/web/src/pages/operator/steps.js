// The way to the credits, step by step, and where one is on it.

import { html, classes } from '../../html.js';
import { t } from '../../i18n.js';
import { Icon } from '../../ui/icon.js';

/** @typedef {import('../../types.js').MyPath} MyPath */
/** @typedef {import('./next-step.js').Exams} Exams */

/**
 * Each step, whether it is done, and where it is. Steps that the event does not ask for are left out.
 * @param {MyPath} path @param {Exams} exams
 * @returns {{id: string, done: boolean, href?: string}[]}
 */
function stepsOf(path, { final, quality, credits }) {
	const steps = [
		{ id: 'placement', done: path.level !== null, href: '/questionario' },
		{ id: 'modules', done: path.modules.length > 0 && path.modules.every((module) => module.status === 'completed') && path.seconds_total >= path.seconds_needed, href: '#modules' },
	];
	if (final.event && final.required) {
		steps.push({ id: 'final', done: final.passed, href: '/prova-finale' });
	}
	if (quality.event && quality.required) {
		steps.push({ id: 'quality', done: quality.handed_in, href: '/questionario-qualita' });
	}
	const declaration = credits.event && credits.professional ? credits.conditions.find((one) => one.code === 'declaration') : null;
	if (declaration?.demanded) {
		steps.push({ id: 'declaration', done: declaration.fulfilled, href: '/dichiarazione' });
	}
	const before = steps.every((step) => step.done);
	return [...steps, { id: 'certificate', done: before && path.completion.complete, href: '' }];
}

/** @param {{path: MyPath, exams: Exams}} props */
export function Steps({ path, exams }) {
	const steps = stepsOf(path, exams);
	const now = steps.findIndex((step) => !step.done);
	return html`<nav class="steps" aria-label=${t('steps.title')}><ol>${steps.map((step, i) => {
		const state = step.done ? 'done' : i === now ? 'now' : 'later';
		const name = t(`steps.${step.id}`);
		return html`<li key=${step.id} class=${classes('step', `step-${state}`)} aria-current=${state === 'now' ? 'step' : undefined}>
			<span class="step-mark" aria-hidden="true">${step.done ? html`<${Icon} name="check" size="sm" color="white" />` : i + 1}</span>
			<span>${step.href && state !== 'later' ? html`<a href=${step.href}>${name}</a>` : name}<span class="visually-hidden">, ${t(`steps.${state}`)}</span></span>
		</li>`;
	})}</ol></nav>`;
}
