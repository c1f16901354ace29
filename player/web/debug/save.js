/**
 * The log as a file: JSON for programs, text for people.
 * @module
 */
import {exceptionWords} from './words.js';

/** @typedef {import('./trace.js').Entry} Entry */

/** @param {number} at */
export function clock(at) {
	return new Date(at).toISOString().slice(11, 23);
}

/** `SetValue("cmi.location", "3")` @param {Entry} entry */
export function callText(entry) {
	return entry.kind === 'call' ? `${entry.what}(${entry.args.map(each => JSON.stringify(each)).join(', ')})`
		: [entry.what, ...entry.args].join(' ');
}

/** @param {Entry} entry @param {(code: number) => string} errorWords */
export function errorText(entry, errorWords) {
	if (entry.error === 0 || entry.kind === 'fault') {
		return '';
	}
	return entry.kind === 'navigation' ? exceptionWords(entry.error) : `${entry.error} ${errorWords(entry.error)}`;
}

/** @param {Entry[]} entries @param {(code: number) => string} errorWords */
export function asText(entries, errorWords) {
	return entries.map(entry => [
		String(entry.n).padStart(5), clock(entry.at), callText(entry), entry.result && `→ ${JSON.stringify(entry.result)}`,
		errorText(entry, errorWords), entry.took !== undefined && `${entry.took.toFixed(2)} ms`,
	].filter(Boolean).join('  ')).join('\n');
}

/** @param {string} name @param {string} type @param {string} content */
export function saveFile(name, type, content) {
	const link = document.createElement('a');
	link.href = URL.createObjectURL(new Blob([content], {type}));
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
