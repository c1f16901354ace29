// The final test being sat: its view, the questions seen so far, the answers on their way.

import { api } from '../../api.js';
import { signal } from '../../signal.js';
import { Outbox } from '../../outbox.js';
import { callPath, eventInClass } from './which.js';

/** @typedef {import('../../types.js').FinalTest} FinalTest */
/** @typedef {import('../../types.js').PlacementItem} Question */

/**
 * @typedef {object} Current
 * @property {string | null} event in class; null: the path's
 * @property {FinalTest} view
 * @property {Map<number, Question>} items
 * @property {Outbox | null} outbox null while no attempt is open
 */

export const current = signal(/** @type {Current | null} */ (null));

function redraw() {
	current.set(current.get());
}

/** @param {number} position @returns {Promise<Question>} */
async function ask(position) {
	const item = await api.get(callPath(`/me/final/items/${position}`));
	current.get()?.items.set(position, item);
	return item;
}

/** @param {number} attempt */
function outboxFor(attempt) {
	const event = eventInClass();
	const outbox = new Outbox(`fad.prova.${attempt}`, {
		storage: localStorage,
		send: (position, answer, revision) => api.put(`/me/final/items/${position}${event ? `?event=${event}` : ''}`, { attempt, answer, revision }),
		look: ask,
		saved(position, answer, revision) {
			const now = current.get();
			const item = now?.items.get(position);
			if (now?.view.attempt && item) {
				now.items.set(position, { ...item, answer, revision });
				now.view.attempt.answered[position] = answer.length > 0;
			}
		},
		tell: redraw,
	});
	window.addEventListener('online', () => outbox.flush());
	return outbox;
}

/** Makes a view the current one; answers kept from before are sent. @param {FinalTest} view */
function adopt(view) {
	const old = current.get();
	const event = eventInClass();
	const same = old?.event === event && old?.view.attempt?.id === view.attempt?.id;
	if (same && old) {
		current.set({ ...old, view });
		return view;
	}
	const outbox = view.attempt ? outboxFor(view.attempt.id) : null;
	const items = new Map(view.attempt ? [[view.attempt.item.position, view.attempt.item]] : []);
	current.set({ event, view, items, outbox });
	if (outbox && outbox.state.pending > 0) {
		outbox.flush();
	}
	return view;
}

/** As the server has it. @returns {Promise<FinalTest>} */
export async function loadFinal() {
	return adopt(await api.get(callPath('/me/final')));
}

/** Begins, or goes on with, an attempt. */
export async function startFinal() {
	return adopt(await api.post(callPath('/me/final')));
}

/** Hands the attempt in. @param {number} attempt */
export async function submitFinal(attempt) {
	return adopt(await api.post(callPath('/me/final/submit'), { attempt }));
}

/** The question at a position; the following ones are fetched ahead, so that a lost network stops nobody. @param {number} position */
export async function loadQuestion(position) {
	const kept = current.get();
	const now = kept?.event === eventInClass() ? kept : (await loadFinal() && current.get());
	if (!now?.view.attempt || position >= now.view.attempt.total) {
		return null;
	}
	const item = now.items.get(position) ?? await ask(position);
	fetchAhead(now, position + 1);
	return item;
}

/** @param {Current} now @param {number} from */
async function fetchAhead(now, from) {
	for (let position = from; position < (now.view.attempt?.total ?? 0); position += 1) {
		if (!now.items.has(position)) {
			try {
				await ask(position);
			} catch {
				return; // It will be asked for when it is needed.
			}
		}
	}
}
