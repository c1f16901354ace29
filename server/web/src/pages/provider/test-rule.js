// What an event in class asks for as test of learning, in words.

import { number } from '../../format.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';

export const testsInClass = ['questionnaire', 'written', 'oral', 'practical', 'report'];

/** "In aula: esame orale". @param {string} where */
export function whereText(where) {
	return where === 'online' ? t('results.where_online') : t('results.where_in_class', { test: t(`results.test_${where}`) });
}

/** @param {{test: any, rules?: string}} props rules: where they are changed */
export function TestRule({ test, rules }) {
	const link = rules && html` <a href=${rules}>${t('results.rules')}</a>`;
	if (!test.demanded) {
		return html`<p class="mb-0"><span class="tag">${t('credits.not_demanded')}</span> ${t('results.none')}${link}</p>`;
	}
	const where = test.where === 'online' ? t('results.test_online') : t('results.in_class', { test: t(`results.test_${test.where}`) });
	return html`<p class="mb-0">${t('results.rule', { where, share: test.share_percent })}
		${' '}${test.where === 'questionnaire' && t('results.rule_questions', { n: test.questions })}
		${' '}${test.attempts_max > 0 && t('results.rule_attempts', { n: test.attempts_max })}${link}</p>`;
}

/** @param {{tested: any}} props */
export function TestedCounts({ tested }) {
	const { passed, failed, waiting } = tested;
	return html`<p class="mb-0">${t('results.counts', { passed: number(passed), total: number(passed + failed + waiting), failed: number(failed), waiting: number(waiting) })}</p>`;
}
