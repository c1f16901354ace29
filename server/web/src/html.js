// The door to Preact: the one place that binds htm, so that every page imports one name.

import { h } from 'preact';
import htm from 'htm';

/** @typedef {import('preact').ComponentChildren} Children */

/** Makes elements from a tagged template. @type {(strings: TemplateStringsArray, ...values: any[]) => any} */
export const html = htm.bind(/** @type {any} */ (h));

/** Joins class names, leaving out what is false. @param {...(string | false | null | undefined)} names */
export function classes(...names) {
	return names.filter(Boolean).join(' ');
}
