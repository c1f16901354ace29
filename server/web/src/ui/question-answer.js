// Answers as lists of texts (assessment/form/response.h), and how each act changes them.

import { plainText } from './rich.js';

/** @typedef {import('../types.js').PlacementItem} Item */

/** The answer after a click on an option. @param {Item} item @param {string[]} answer @param {string} id */
export function choose(item, answer, id) {
	if (item.type !== 'multiple' && item.type !== 'hot_text') {
		return [id];
	}
	const without = answer.filter((one) => one !== id);
	const chosen = without.length < answer.length ? without : [...answer, id];
	return item.options.map((option) => option.id).filter((one) => chosen.includes(one));
}

/** What was chosen for a slot, or "". @param {string[]} answer @param {string} slot */
export function chosenFor(answer, slot) {
	const pair = answer.find((one) => one.startsWith(`${slot} `));
	return pair ? pair.slice(slot.length + 1) : '';
}

/** The answer after a choice for a slot; "" takes it back. @param {Item} item @param {string[]} answer @param {string} slot @param {string} option */
export function pair(item, answer, slot, option) {
	return (item.slots ?? []).flatMap(({ id }) => {
		const now = id === slot ? option : chosenFor(answer, id);
		return now ? [`${id} ${now}`] : [];
	});
}

/** An answer in words, one for each thing chosen, paired or written. @param {Item} item @param {string[]} answer @returns {string[]} */
export function answerWords(item, answer) {
	const words = (/** @type {{id: string, text: import('./rich.js').RichText}[]} */ list, /** @type {string} */ id) => plainText(list.find((one) => one.id === id)?.text ?? id);
	if (item.type === 'text_entry') {
		return answer;
	}
	return answer.map((one) => {
		const [slot, option] = one.split(' ');
		const of = item.slots?.find(({ id }) => id === slot);
		return option === undefined ? words(item.options, slot) : `${plainText(of?.text || slot)} → ${words(of?.options ?? item.options, option)}`;
	});
}

/** The list with the element at `from` one place further up (-1) or down (1). @template T @param {T[]} list @param {number} from @param {number} by */
export function moved(list, from, by) {
	const to = from + by;
	if (to < 0 || to >= list.length) {
		return list;
	}
	const copy = [...list];
	[copy[from], copy[to]] = [copy[to], copy[from]];
	return copy;
}

/** The text in parts: strings, and the ids of places. @param {string} stem @returns {(string | {place: string})[]} */
export function parts(stem) {
	return stem.split(/\[\[(\d+)\]\]/).map((part, i) => (i % 2 ? { place: part } : part)).filter((part) => part !== '');
}

/** The texts after one was changed; all empty is no answer. @param {number} count @param {string[]} answer @param {number} at @param {string} text */
export function written(count, answer, at, text) {
	const all = Array.from({ length: count }, (_, i) => (i === at ? text : answer[i] ?? ''));
	return all.some((one) => one.trim() !== '') ? all : [];
}
