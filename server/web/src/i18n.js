// Languages. Every text stands in text/*.js beside its translation: key → [Italian, English].
//
// In a text, {name} is replaced by a value and {name|word|words} by one of the two, as the value is 1 or not.

import { signal } from './signal.js';
import { texts } from './text/index.js';

/** @typedef {'it' | 'en'} Language */

const STORED_AS = 'fad.language';

/** @returns {Language} */
function firstLanguage() {
	try {
		const kept = localStorage.getItem(STORED_AS);
		if (kept === 'it' || kept === 'en') {
			return kept;
		}
	} catch {
		// No storage (private window, a test under Node): the default stands.
	}
	return 'it';
}

/** @type {import('./signal.js').Signal<Language>} */
export const language = signal(firstLanguage());

/** @param {Language} next */
export function setLanguage(next) {
	try {
		localStorage.setItem(STORED_AS, next);
	} catch {
		// The choice then lasts as long as the page.
	}
	document.documentElement.lang = next;
	language.set(next);
}

/**
 * Puts values into a text.
 * @param {string} text
 * @param {Record<string, string | number>} values
 */
export function fill(text, values) {
	return text.replace(/\{(\w+)(?:\|([^|{}]*)\|([^|{}]*))?\}/g, (all, name, one, many) => {
		if (!(name in values)) {
			return all;
		}
		if (one === undefined) {
			return String(values[name]);
		}
		return Number(values[name]) === 1 ? one : many;
	});
}

/**
 * The text of a key in the language in use.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function t(key, values) {
	const pair = texts[key];
	if (!pair) {
		return key;
	}
	const text = pair[language.get() === 'en' ? 1 : 0];
	return values ? fill(text, values) : text;
}

/** Whether a key is known: for codes that come from the server. @param {string} key */
export function knows(key) {
	return key in texts;
}

/**
 * What the server sent in both languages: pick(module, 'title') is title_en or title_it; pick(problem) is en or it.
 * @param {any} thing
 * @param {string} [field]
 * @returns {string}
 */
export function pick(thing, field) {
	const name = (/** @type {string} */ lang) => (field ? `${field}_${lang}` : lang);
	return thing?.[name(language.get())] || thing?.[name('it')] || '';
}
