// Answers on their way to the server. Each is first kept in the browser, then sent; what could not be sent stays
// and is sent again, so that neither a lost network nor a closed window loses an answer.

/**
 * @typedef {object} Kept
 * @property {string[]} answer
 * @property {string[]} before the answer that the person saw before this one
 * @property {number} revision what the server called that answer
 */

/**
 * @typedef {object} State
 * @property {number} pending answers that the server does not have yet
 * @property {boolean} sending
 * @property {boolean} offline the last try got no answer
 * @property {Date | null} savedAt when the server last confirmed an answer
 * @property {number | null} stale position whose answer was changed elsewhere; ours was dropped
 * @property {unknown} error a refusal that trying again does not mend
 */

/**
 * @typedef {object} Means what the outbox works with; a test hands in its own
 * @property {Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>} storage
 * @property {(position: number, answer: string[], revision: number) => Promise<{revision: number}>} send
 * @property {(position: number) => Promise<{answer: string[], revision: number}>} look asks for the item anew
 * @property {(position: number, answer: string[], revision: number) => void} saved
 * @property {(state: State) => void} tell
 * @property {(call: () => void, delay: number) => any} [later]
 */

const LONGEST_WAIT = 30_000;

/** Whether two answers are the same; the order counts, for some it is the answer. @param {string[]} one @param {string[]} other */
export function sameAnswer(one, other) {
	return one.length === other.length && one.every((id, i) => other[i] === id);
}

export class Outbox {
	/** @param {string} name under which answers are kept @param {Means} means */
	constructor(name, means) {
		this.name = name;
		this.means = means;
		this.wait = 1000;
		/** @type {any} */
		this.timer = null;
		/** @type {State} */
		this.state = { pending: 0, sending: false, offline: false, savedAt: null, stale: null, error: null };
		/** @type {Record<string, Kept>} */
		this.kept = {};
		try {
			this.kept = JSON.parse(means.storage.getItem(name) ?? '{}');
		} catch {
			// Damaged or forbidden storage: the answers live as long as the page.
		}
		this.state.pending = Object.keys(this.kept).length;
	}

	/** @param {Partial<State>} change */
	tell(change) {
		this.state = { ...this.state, ...change, pending: Object.keys(this.kept).length };
		this.means.tell(this.state);
	}

	keep() {
		try {
			if (Object.keys(this.kept).length > 0) {
				this.means.storage.setItem(this.name, JSON.stringify(this.kept));
			} else {
				this.means.storage.removeItem(this.name);
			}
		} catch {
			// Full or forbidden storage: see above.
		}
	}

	/** The answer given here and not yet on the server, if any. @param {number} position */
	answerAt(position) {
		return this.kept[position]?.answer ?? null;
	}

	/** Takes an answer. @param {number} position @param {string[]} answer @param {{answer: string[], revision: number}} item as it was shown */
	put(position, answer, item) {
		const older = this.kept[position];
		this.kept[position] = { answer, before: older?.before ?? item.answer, revision: older?.revision ?? item.revision };
		this.keep();
		this.tell({ stale: null, error: null });
		this.wait = 1000;
		return this.flush();
	}

	/** Sends all that is kept, one after the other. True when nothing is left. */
	async flush() {
		clearTimeout(this.timer);
		if (this.state.sending) {
			return false;
		}
		this.tell({ sending: true });
		let more = Object.keys(this.kept)[0];
		while (more !== undefined && await this.sendOne(Number(more))) {
			more = Object.keys(this.kept)[0];
		}
		this.tell({ sending: false });
		return this.state.pending === 0;
	}

	/** @param {number} position @returns {Promise<boolean>} whether to go on with the next */
	async sendOne(position) {
		const sent = this.kept[position];
		try {
			const { revision } = await this.means.send(position, sent.answer, sent.revision);
			this.confirm(position, sent, revision);
			return true;
		} catch (error) {
			return this.failed(position, sent, /** @type {any} */ (error));
		}
	}

	/** @param {number} position @param {Kept} sent @param {number} revision */
	confirm(position, sent, revision) {
		const now = this.kept[position];
		if (now && !sameAnswer(now.answer, sent.answer)) {
			// Changed while it was on its way: the newer answer follows, on top of this one.
			this.kept[position] = { answer: now.answer, before: sent.answer, revision };
		} else {
			delete this.kept[position];
		}
		this.keep();
		this.wait = 1000;
		this.means.saved(position, sent.answer, revision);
		this.tell({ offline: false, savedAt: new Date() });
	}

	/** @param {number} position @param {Kept} sent @param {{status?: number, code?: string}} error @returns {Promise<boolean>} */
	async failed(position, sent, error) {
		if (error.status === 409 && error.code === 'STALE_REVISION') {
			return this.mend(position, sent);
		}
		if (!error.status || error.status >= 500) {
			const later = this.means.later ?? setTimeout;
			this.timer = later(() => this.flush(), this.wait);
			this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
			this.tell({ offline: true });
			return false;
		}
		this.tell({ error });
		return false;
	}

	/**
	 * The server holds another revision. Either it is our own answer, whose confirmation got lost; or only its
	 * number moved; or somebody answered elsewhere, and then theirs stands and the person is told.
	 * @param {number} position @param {Kept} sent @returns {Promise<boolean>}
	 */
	async mend(position, sent) {
		try {
			const item = await this.means.look(position);
			if (sameAnswer(item.answer, sent.answer)) {
				this.confirm(position, sent, item.revision);
			} else if (sameAnswer(item.answer, sent.before) && item.revision !== sent.revision) {
				this.kept[position] = { ...this.kept[position], revision: item.revision };
				this.keep();
			} else {
				delete this.kept[position];
				this.keep();
				this.tell({ stale: position, offline: false });
			}
			return true;
		} catch (error) {
			return this.failed(position, sent, { status: /** @type {any} */ (error)?.status });
		}
	}
}
