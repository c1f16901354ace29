/**
 * The engine's state as tables: activities with their objectives, run-time data, what each navigation request would
 * come to.
 * @module
 */
import {make} from '../page.js';
import {readInspection, standing} from './inspect.js';
import {exceptionWords, word} from './words.js';

/** @typedef {import('../engine.js').Engine} Engine */
/** @typedef {import('./inspect.js').Objective} Objective */

/** @param {string[]} heads @param {(string|Node)[][]} rows @param {string} label */
export function table(heads, rows, label) {
	const head = make('thead', {}, make('tr', {}, ...heads.map(text => make('th', {scope: 'col'}, text))));
	const body = make('tbody', {}, ...rows.map(cells => make('tr', {}, ...cells.map(cell => make('td', {}, cell)))));
	return make('table', {'aria-label': label}, head, body);
}

/** A long value is folded, and opens. @param {string} value */
export function folded(value) {
	if (value.length <= 120) {
		return make('span', {class: 'debug-value'}, value);
	}
	return make('details', {}, make('summary', {class: 'debug-value'}, `${value.slice(0, 100)}… (${value.length})`),
		make('div', {class: 'debug-value'}, value));
}

/** @param {Objective} objective */
function objectiveText(objective) {
	const {measure, progress} = objective;
	return [objective.success !== 'unknown' && objective.success, objective.completion !== 'unknown' && objective.completion,
		measure !== undefined && word('measure', measure), progress !== undefined && word('progress', progress)]
		.filter(Boolean).join(', ') || '—';
}

/** @param {Engine} engine @param {number} at */
function depth(engine, at) {
	let count = 0;
	for (let up = engine.activities[at].parent; up !== null; up = engine.activities[up].parent) {
		count++;
	}
	return count;
}

/** @param {Engine} engine @param {number} now @returns {Node[]} */
export function drawTree(engine, now) {
	const seen = readInspection(engine.inspect(now));
	const rows = seen.activities.map((state, at) => {
		const {title, identifier} = engine.activities[at];
		const marks = [seen.current === at && word('current'), state.active && word('active'), state.suspended && word('suspended'),
			!state.available && word('unavailable')].filter(Boolean).join(', ');
		const [primary, ...others] = state.objectives;
		const numbers = [engine.edition === '1.2' ? standing(seen, at, '1.2').word : objectiveText(primary), marks, word('attempts', state.attempts),
			word('total', (state.totalTime || state.experienced) / 100)].filter(Boolean).join(' · ');
		const objectives = others.map(each => make('li', {}, `${each.id}: ${objectiveText(each)}`));
		const name = make('div', {style: `padding-left: ${depth(engine, at)}rem`}, make('strong', {}, title || identifier),
			make('small', {}, ` ${identifier}${primary?.id ? ` · ${primary.id}` : ''}`));
		return [name, make('div', {}, numbers, ...objectives.length > 0 ? [make('ul', {}, ...objectives)] : [])];
	});
	const parts = [table([word('activity'), word('state')], rows, word('tree'))];
	if (seen.globals.length > 0) {
		parts.push(make('h3', {}, word('globals')),
			table([word('element'), word('value')], seen.globals.map(each => [each.id, objectiveText(each)]), word('globals')));
	}
	return parts;
}

/** @param {Engine} engine @param {number} now @param {string} filter @returns {Node[]} */
export function drawData(engine, now, filter) {
	const {data} = readInspection(engine.inspect(now));
	const rows = data.filter(([element]) => element.includes(filter)).map(([element, value]) => [element, folded(value)]);
	return data.length === 0 ? [make('p', {}, word('noData'))] : [table([word('element'), word('value')], rows, word('data'))];
}

const REQUESTS = /** @type {const} */ (['start', 'resumeAll', 'continue', 'previous', 'exit', 'exitAll', 'abandon', 'abandonAll',
	'suspendAll']);

/** @param {Engine} engine @param {import('../engine.js').Outcome} outcome */
function outcomeText(engine, outcome) {
	if (!outcome.accepted) {
		return word('refused', exceptionWords(outcome.exception));
	}
	return outcome.delivered === null ? word('allowed')
		: `${word('allowed')}: ${word('opens', engine.activities[outcome.delivered].identifier)}`;
}

/** @param {Engine} engine @param {number} now @returns {Node[]} */
export function drawMoves(engine, now) {
	if (engine.edition === '1.2') {
		return [make('p', {}, word('noMoves'))];
	}
	const rows = REQUESTS.map(request => [request, outcomeText(engine, engine.foresee(now, request))]);
	const choices = engine.activities.map((activity, at) => [`choice ${activity.identifier}`,
		outcomeText(engine, engine.foresee(now, 'choice', at))]);
	return [table([word('request'), word('now')], [...rows, ...choices.slice(0, 500)], word('moves'))];
}
