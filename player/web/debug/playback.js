/**
 * A journal played back to any of its records, quickly: a snapshot is kept every so many records, and the way from the
 * nearest one is short.
 * @module
 */
/** @typedef {import('./records.js').JournalRecord} JournalRecord */

const EVERY = 250;
/** More than these would be held in memory for nothing: further apart instead. */
const MOST_SNAPSHOTS = 200;

/** @template {import('../engine.js').Engine} E */
export class Playback {
	/** @type {{count: number, bytes: Uint8Array}[]} */
	#snapshots = [];
	/** @type {E|null} */
	#engine = null;
	#count = 0;
	/** Where the journal does not replay the same, and how that shows. @type {{count: number, error: string}|null} */
	broken = null;

	/** @param {() => Promise<E>} open a fresh engine @param {JournalRecord[]} records @param {Uint8Array} journal their bytes */
	constructor(open, records, journal) {
		this.open = open;
		this.records = records;
		this.journal = journal;
	}

	/** Plays all of it once. */
	async prepare() {
		const every = Math.max(EVERY, Math.ceil(this.records.length / MOST_SNAPSHOTS));
		const engine = await this.open();
		for (let count = 0; count + every < this.records.length; count += every) {
			try {
				engine.replay(this.#between(count, count + every));
			} catch (error) {
				const at = this.records.findIndex(({sequence}) => sequence > engine.summary().lastSequence);
				this.broken = {count: at, error: String(error)};
				return;
			}
			this.#snapshots.push({count: count + every, bytes: engine.snapshot()});
		}
	}

	/** The engine after so many records, or as many of them as it can replay. @param {number} count @returns {Promise<E>} */
	async at(count) {
		const near = this.#snapshots.filter(each => each.count <= count).pop();
		let engine = this.#engine;
		if (!engine || this.#count > count || this.#count < (near?.count ?? 0)) {
			engine = await this.open();
			this.#count = near?.count ?? 0;
			if (near) {
				engine.restore(near.bytes);
			}
		}
		this.#engine = engine;
		try {
			engine.replay(this.#between(this.#count, count));
			this.#count = count;
		} catch (error) {
			this.broken ??= {count: engine.summary().lastSequence, error: String(error)};
			this.#engine = null;
		}
		return engine;
	}

	/** @param {number} from @param {number} to */
	#between(from, to) {
		const end = (/** @type {number} */ count) => (count > 0 ? this.records[count - 1].end : 0);
		return this.journal.subarray(end(from), end(to));
	}
}
