// Faults of a form: those that name a field stand beside it, the others above the form.

import { asApiError } from '../api.js';
import { pick } from '../i18n.js';

/**
 * @param {unknown} error
 * @param {string[]} fields names of the form's fields
 * @returns {{of: (field: string) => string | null, rest: unknown}} rest: the error without what the fields show
 */
export function formErrors(error, fields) {
	if (!error) {
		return { of: () => null, rest: null };
	}
	const known = asApiError(error);
	const named = known.problems.filter((problem) => problem.where && fields.includes(problem.where));
	const text = (/** @type {string} */ field) => named.filter((problem) => problem.where === field)
		.map((problem) => [pick(problem), pick(problem, 'mend')].filter(Boolean).join(' ')).join(' ') || null;
	return { of: text, rest: named.length === known.problems.length ? null : error };
}
