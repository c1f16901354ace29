// The questionnaire being answered: its view, the items seen so far, the answers on their way.

import { api, ApiError } from '../../api.js';
import { signal } from '../../signal.js';
import { Outbox } from '../../outbox.js';

/** @typedef {import('../../types.js').Placement} Placement */
/** @typedef {import('../../types.js').PlacementItem} PlacementItem */

/**
 * @typedef {object} Current
 * @property {Placement} view
 * @property {Map<number, PlacementItem>} items
 * @property {Outbox} outbox
 */

export const current = signal(/** @type {Current | null} */ (null));

function redraw() {
	current.set(current.get());
}

/** @param {number} position @returns {Promise<PlacementItem>} */
async function ask(position) {
	const item = await api.get(`/me/placement/items/${position}`);
	current.get()?.items.set(position, item);
	return item;
}

/** @param {Placement} view */
function outboxFor(view) {
	const outbox = new Outbox(`fad.questionario.${view.id}`, {
		storage: localStorage,
		send: (position, answer, revision) => api.put(`/me/placement/items/${position}`, { answer, revision }),
		look: ask,
		saved(position, answer, revision) {
			const now = current.get();
			const item = now?.items.get(position);
			if (now && item) {
				now.items.set(position, { ...item, answer, revision });
				now.view.answered[position] = answer.length > 0;
			}
		},
		tell: redraw,
	});
	window.addEventListener('online', () => outbox.flush());
	return outbox;
}

/** Makes a view the current one; answers kept from before are sent. @param {Placement} view */
function adopt(view) {
	const old = current.get();
	if (old?.view.id === view.id) {
		if (view.item) {
			old.items.set(view.item.position, view.item);
		}
		current.set({ ...old, view });
		return view;
	}
	const outbox = outboxFor(view);
	const items = new Map(view.item ? [[view.item.position, view.item]] : []);
	current.set({ view, items, outbox });
	if (view.state === 'open' && outbox.state.pending > 0) {
		outbox.flush();
	}
	return view;
}

/** The questionnaire as the server has it, or null when none was ever begun. @returns {Promise<Placement | null>} */
export async function loadPlacement() {
	try {
		return adopt(await api.get('/me/placement'));
	} catch (error) {
		if (error instanceof ApiError && error.status === 404) {
			return null;
		}
		throw error;
	}
}

/** Begins, or goes on with, a questionnaire. */
export async function startPlacement() {
	return adopt(await api.post('/me/placement'));
}

/**
 * Confirms an answer of an adaptive questionnaire: the next question hangs on it. Answers on their way go first.
 * @param {number} position @param {boolean} skip go on without an answer
 */
export async function advancePlacement(position, skip) {
	const now = current.get();
	if (!now || !await now.outbox.flush()) {
		return null;
	}
	const revision = now.items.get(position)?.revision ?? 0;
	return adopt(await api.post('/me/placement/advance', { test: now.view.id, position, revision, skip }));
}

/** Hands it in. */
export async function submitPlacement() {
	return adopt(await api.post('/me/placement/submit'));
}

/** The item at a position; the following ones are fetched ahead, so that a lost network stops nobody. @param {number} position */
export async function loadItem(position) {
	const now = current.get() ?? (await loadPlacement() && current.get());
	if (!now || now.view.state !== 'open') {
		return null;
	}
	const item = now.items.get(position) ?? await ask(position);
	if (now.view.may_go_back) {
		fetchAhead(now, position + 1);
	}
	return item;
}

/** @param {Current} now @param {number} from */
async function fetchAhead(now, from) {
	for (let position = from; position < now.view.total; position += 1) {
		if (!now.items.has(position)) {
			try {
				await ask(position);
			} catch {
				return; // It will be asked for when it is needed.
			}
		}
	}
}
