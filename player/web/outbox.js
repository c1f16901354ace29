/**
 * The learner's work that the server has not yet confirmed. Every increment of the journal is written
 * to local storage before anything else happens, so it outlives a closed tab, a crash and a dead
 * network. Keys carry attempt, lease and sequence numbers: what another tab wrote is never mixed in. All courses
 * share this storage: what stands there is sealed for its own attempt (seal.js), and what another wrote is ignored.
 * @module
 */
import {binaryString, bytesOf} from './seal.js';

/** @typedef {import('./seal.js').Seal} Seal */

/**
 * @typedef {object} Increment encoded records of the journal
 * @property {number} first sequence number of its first record
 * @property {number} last  sequence number of its last record
 * @property {Uint8Array} bytes
 */

const LAST_BYTES = 8;
const PREFIX = 'fad:journal:';
const ASIDE_PREFIX = 'fad:aside:';
/* What the server confirmed is kept in memory as well, to send it again if the server asks for it. */
const KEPT_CONFIRMED_BYTES = 8 << 20;

export class Outbox {
	/** @type {Increment[]} oldest first; those up to `confirmed` the server holds */
	#increments = [];
	#confirmedBytes = 0;
	#confirmed = 0;
	#stored = true;
	#attempt;
	#lease;
	#seal;

	/**
	 * @param {string|number} attempt
	 * @param {number} lease
	 * @param {Seal|null} seal null: nothing is stored in this browser (previews)
	 */
	constructor(attempt, lease, seal) {
		this.#attempt = attempt;
		this.#lease = lease;
		this.#seal = seal;
	}

	/** Whether all that waits is also in local storage. */
	get stored() {
		return this.#stored;
	}

	/** @param {Increment} increment */
	add(increment) {
		this.#increments.push(increment);
		if (this.#seal) {
			this.#stored = write(this.#seal, this.#key(increment), increment) && this.#stored;
		}
	}

	/** Increments after `sequence`, in order. @param {number} sequence */
	after(sequence) {
		return this.#increments.filter(increment => increment.last > sequence);
	}

	/** What the server has not confirmed. */
	get waiting() {
		return this.after(this.#confirmed);
	}

	get confirmed() {
		return this.#confirmed;
	}

	/** The server holds all up to here, on disk. @param {number} sequence */
	confirm(sequence) {
		for (const increment of this.#increments) {
			if (increment.last > this.#confirmed && increment.last <= sequence) {
				this.#confirmedBytes += increment.bytes.length;
				forget(this.#key(increment));
			}
		}
		this.#confirmed = Math.max(this.#confirmed, sequence);
		while (this.#confirmedBytes > KEPT_CONFIRMED_BYTES && this.#increments[0].last <= this.#confirmed) {
			this.#confirmedBytes -= /** @type {Increment} */ (this.#increments.shift()).bytes.length;
		}
		if (this.waiting.length === 0) {
			this.#stored = true;
		}
	}

	/**
	 * The server holds only up to here.
	 * @param {number} sequence
	 * @returns {boolean} whether what follows can be sent again
	 */
	rewind(sequence) {
		const next = this.#increments.find(increment => increment.last > sequence);
		if (!next || next.first > sequence + 1) {
			return false;
		}
		this.#confirmed = sequence;
		return true;
	}

	/**
	 * The server will never take this work. It stays in the browser under another name, for whoever
	 * examines the case, and the next visit starts from what the server holds.
	 */
	setAside() {
		for (const increment of this.waiting) {
			if (this.#seal) {
				write(this.#seal, this.#key(increment).replace(PREFIX, ASIDE_PREFIX), increment);
			}
			forget(this.#key(increment));
		}
	}

	/** @param {Increment} increment */
	#key(increment) {
		return `${PREFIX}${this.#attempt}:${this.#lease}:${increment.first}`;
	}
}

/**
 * Work of an earlier visit to this attempt that was never confirmed.
 * @param {string|number} attempt
 * @param {Seal|null} seal the attempt's
 * @returns {{lease: number, increments: Increment[]}[]} one row a lease, the oldest first
 */
export function leftOver(attempt, seal) {
	/** @type {Map<number, Increment[]>} */
	const leases = new Map();
	for (const key of keysOf(attempt)) {
		const [lease, first] = key.slice(`${PREFIX}${attempt}:`.length).split(':').map(Number);
		const increment = seal && read(seal, key, first);
		if (increment) {
			leases.set(lease, [...leases.get(lease) ?? [], increment]);
		}
	}
	return [...leases].sort(([a], [b]) => a - b).map(([lease, increments]) => (
		{lease, increments: increments.sort((a, b) => a.first - b.first)}));
}

/** Of all leases but this one. @param {string|number} attempt @param {number} lease */
export function forgetLeftOver(attempt, lease) {
	keysOf(attempt).filter(key => !key.startsWith(`${PREFIX}${attempt}:${lease}:`)).forEach(forget);
}

/** @param {string|number} attempt */
function keysOf(attempt) {
	try {
		return Object.keys(localStorage).filter(key => key.startsWith(`${PREFIX}${attempt}:`));
	} catch {
		return []; /* the browser keeps nothing for this site */
	}
}

/** @param {Seal} seal @param {string} key @param {Increment} increment */
function write(seal, key, increment) {
	try {
		const text = new Uint8Array(LAST_BYTES + increment.bytes.length);
		new DataView(text.buffer).setFloat64(0, increment.last);
		text.set(increment.bytes, LAST_BYTES);
		localStorage.setItem(key, binaryString(seal.seal(key, text)));
		return true;
	} catch {
		return false; /* full, or forbidden */
	}
}

/** @param {Seal} seal @param {string} key @param {number} first @returns {Increment|null} null: this attempt did not write it */
function read(seal, key, first) {
	const text = seal.open(key, bytesOf(localStorage.getItem(key) ?? ''));
	const last = text ? new DataView(text.buffer).getFloat64(0) : 0;
	return text && last >= first ? {first, last, bytes: text.subarray(LAST_BYTES)} : null;
}

/** @param {string} key */
function forget(key) {
	try {
		localStorage.removeItem(key);
	} catch {
		/* it was never stored */
	}
}
