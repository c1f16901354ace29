/**
 * The learner's work that the server has not yet confirmed. Every increment of the journal is written
 * to local storage before anything else happens, so it outlives a closed tab, a crash and a dead
 * network. Keys carry attempt, lease and sequence numbers: what another tab wrote is never mixed in.
 * @module
 */

/**
 * @typedef {object} Increment encoded records of the journal
 * @property {number} first sequence number of its first record
 * @property {number} last  sequence number of its last record
 * @property {Uint8Array} bytes
 */

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

	/**
	 * @param {string|number} attempt
	 * @param {number} lease
	 * @param {boolean} keep false: nothing is stored in this browser (previews)
	 */
	constructor(attempt, lease, keep) {
		this.#attempt = attempt;
		this.#lease = lease;
		this.keep = keep;
	}

	/** Whether all that waits is also in local storage. */
	get stored() {
		return this.#stored;
	}

	/** @param {Increment} increment */
	add(increment) {
		this.#increments.push(increment);
		if (this.keep) {
			this.#stored = write(this.#key(increment), increment) && this.#stored;
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
			write(this.#key(increment).replace(PREFIX, ASIDE_PREFIX), increment);
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
 * @returns {{lease: number, increments: Increment[]}[]} one row a lease, the oldest first
 */
export function leftOver(attempt) {
	/** @type {Map<number, Increment[]>} */
	const leases = new Map();
	for (const key of keysOf(attempt)) {
		const [lease, first] = key.slice(`${PREFIX}${attempt}:`.length).split(':').map(Number);
		const increment = read(key, first);
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

/** @param {string} key @param {Increment} increment */
function write(key, increment) {
	try {
		localStorage.setItem(key, `${increment.last}|${binaryString(increment.bytes)}`);
		return true;
	} catch {
		return false; /* full, or forbidden */
	}
}

/** @param {string} key @param {number} first @returns {Increment|null} */
function read(key, first) {
	const value = localStorage.getItem(key) ?? '';
	const bar = value.indexOf('|');
	const last = Number(value.slice(0, bar));
	return bar > 0 && last >= first ? {first, last, bytes: Uint8Array.from(value.slice(bar + 1), at => at.charCodeAt(0))} : null;
}

/** @param {string} key */
function forget(key) {
	try {
		localStorage.removeItem(key);
	} catch {
		/* it was never stored */
	}
}

/** One character a byte: half the room of base64 in local storage. @param {Uint8Array} bytes */
function binaryString(bytes) {
	let string = '';
	for (let at = 0; at < bytes.length; at += 8192) {
		string += String.fromCharCode(...bytes.subarray(at, at + 8192));
	}
	return string;
}
