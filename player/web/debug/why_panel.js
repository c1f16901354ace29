/**
 * What why.js found, in words; a record that shows it can be gone to.
 * @module
 */
import {button, make} from '../page.js';
import {inItalian, locale} from '../texts.js';
import {codeWords, word} from './words.js';

/** @typedef {import('./why.js').Reason} Reason */
/** @typedef {import('./why.js').Why} Why */

/** @param {number} at */
export function moment(at) {
	return new Date(at).toLocaleString(locale(), {dateStyle: 'short', timeStyle: 'medium'});
}

/** @param {number|string} value */
function shown(value) {
	return typeof value === 'number' ? value.toLocaleString(locale(), {maximumFractionDigits: 4}) : value.length > 80 ? `${value.slice(0, 80)}…` : value;
}

/** @param {Reason} reason @returns {string} without its record */
export function reasonText({name, values, at}) {
	const filled = name === 'Path' ? [values[inItalian() ? 0 : 1]] : name === 'RefusedRecords' ? [codeWords(String(values[0]))] : values.map(shown);
	return word(`why${name}`, ...filled) + (at === undefined ? '' : ` (${moment(at)})`);
}

/** @param {Reason} reason @param {(sequence: number) => void} go */
function item(reason, go) {
	const {sequence} = reason;
	return make('li', {}, reasonText(reason), ...sequence === undefined ? [] : [' ', button(word('atRecord', sequence), () => go(sequence))]);
}

/** @param {Why} why */
export function verdict(why) {
	if (why.done) {
		return word('whyDone');
	}
	return why.activities.length > 0 ? word('whyOpen', why.activities.length, why.leaves) : word('whyOpenAll');
}

const SHOWN = 50;

/** @param {Why} why @param {(sequence: number) => void} go */
export function whyPanel(why, go) {
	const parts = why.activities.slice(0, SHOWN).map(({title, status, reasons}) => make('li', {},
		make('strong', {}, title), ` — ${word('whyStatus', status)}`, make('ul', {}, ...reasons.map(each => item(each, go)))));
	const rest = why.activities.length > SHOWN ? [make('p', {}, word('whyMore', why.activities.length - SHOWN))] : [];
	return make('details', {class: 'debug-why', open: ''}, make('summary', {}, make('h3', {}, word('whyTitle'))),
		make('p', {}, make('strong', {}, verdict(why))),
		...parts.length > 0 ? [make('h4', {}, word('whyActivities')), make('ul', {}, ...parts)] : [], ...rest,
		...why.course.length > 0 ? [make('h4', {}, word('whyCourse')), make('ul', {}, ...why.course.map(each => item(each, go)))] : []);
}
