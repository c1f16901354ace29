/**
 * Sends the outbox to the server: within seconds, at once on Commit, and by beacon when the page goes
 * away. Tries for ever, with back-off. The server's "sequence" is the only proof that work is saved;
 * records carry their number, so sending twice counts once.
 * @module
 */

/** @typedef {import('./outbox.js').Outbox} Outbox */
/** @typedef {import('./outbox.js').Increment} Increment */

/**
 * @typedef {'saved'|'sending'|'waiting'|'busy'|'expired'|'taken'|'refused'|'preview'} UplinkState
 * saved: nothing waits · sending: a request is under way or due · waiting: no network · busy: the server
 * fails · expired: log in again · taken: another tab or device holds the attempt · refused: code says why
 */

const DELAY_MS = 1500;
const BATCH_BYTES = 1 << 20;     /* the server takes 4 MiB */
const BEACON_BYTES = 60000;      /* browsers carry 64 KiB in all while a page goes away */
const REQUEST_TIMEOUT_MS = 30000;
const BACK_OFF_MS = [1000, 2000, 4000, 8000, 15000, 30000];

export class Uplink extends EventTarget {
	/** @type {UplinkState} */
	state = 'saved';
	/** When the server last confirmed something. @type {Date|null} */
	savedAt = null;
	/** @type {string} the server's reason when refused */
	code = '';

	#outbox;
	#address;
	#failures = 0;
	#running = false;
	#again = false;
	/** @type {ReturnType<typeof setTimeout>|undefined} */
	#timer;
	/** @type {(() => void)[]} */
	#waiters = [];

	/**
	 * @param {Outbox} outbox
	 * @param {() => string} address where to POST records now; changes when the log-in is renewed
	 */
	constructor(outbox, address) {
		super();
		this.#outbox = outbox;
		this.#address = address;
		window.addEventListener('online', () => this.wake());
	}

	/** Something was added to the outbox. @param {boolean} urgent send now, not soon */
	notify(urgent) {
		if (this.#stopped()) {
			return;
		}
		if (this.state === 'saved') {
			this.#become('sending');
		}
		if (this.#running) {
			this.#again ||= urgent;
		} else if (urgent && this.#failures === 0) {
			this.#schedule(0);
		} else if (this.#timer === undefined) {
			this.#schedule(DELAY_MS);
		}
	}

	/** Resolves when all is saved, or after `ms` at most. @param {number} ms @returns {Promise<boolean>} */
	async settle(ms) {
		if (this.#outbox.waiting.length > 0 && !this.#stopped()) {
			this.wake();
			await new Promise(resolve => {
				this.#waiters.push(() => resolve(undefined));
				setTimeout(resolve, ms);
			});
		}
		return this.#outbox.waiting.length === 0;
	}

	/** The page is hidden or goes away: the browser finishes this request by itself. */
	leave() {
		if (this.#stopped() && this.state !== 'expired') {
			return;
		}
		const batch = takeBatch(this.#outbox.waiting, BEACON_BYTES);
		if (batch.length > 0) {
			navigator.sendBeacon(this.#address(), new Blob(batch.map(part), {type: 'text/plain'}));
		}
	}

	/** A new token was given. */
	renewed() {
		if (this.state === 'expired') {
			this.#become('sending');
			this.wake();
		}
	}

	/** Another tab took over: nothing is sent from here any more. */
	takenOver() {
		this.#become('taken');
	}

	#stopped() {
		return this.state === 'taken' || this.state === 'refused' || this.state === 'expired' || this.state === 'preview';
	}

	/** Tries again at once, whatever the back-off. */
	wake() {
		if (!this.#stopped() && this.#outbox.waiting.length > 0) {
			this.#failures = 0;
			this.#schedule(0);
		}
	}

	/** @param {number} ms */
	#schedule(ms) {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => {
			this.#timer = undefined;
			void this.#run();
		}, ms);
	}

	async #run() {
		if (this.#running || this.#stopped()) {
			return;
		}
		this.#running = true;
		do {
			this.#again = false;
			const batch = takeBatch(this.#outbox.waiting, BATCH_BYTES);
			if (batch.length === 0) {
				break;
			}
			await this.#post(batch);
		} while (this.#failures === 0 && !this.#stopped() && (this.#again || this.#outbox.waiting.length > 0));
		this.#running = false;
		this.#conclude();
	}

	#conclude() {
		if (this.#stopped()) {
			this.#release();
		} else if (this.#outbox.waiting.length === 0) {
			this.#become('saved');
			this.#release();
		} else if (this.#failures > 0) {
			const pause = BACK_OFF_MS[Math.min(this.#failures, BACK_OFF_MS.length) - 1];
			this.#schedule(pause * (0.5 + Math.random() / 2));
		}
	}

	#release() {
		this.#waiters.splice(0).forEach(done => done());
	}

	/** @param {Increment[]} batch */
	async #post(batch) {
		const last = batch[batch.length - 1].last;
		let response, answer;
		try {
			response = await fetch(this.#address(), {
				method: 'POST',
				body: new Blob(batch.map(part)),
				headers: {'Content-Type': 'application/octet-stream'},
				signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
			});
			answer = await response.json().catch(() => ({}));
		} catch {
			this.#failed('waiting');
			return;
		}
		if (response.ok) {
			this.#accepted(Number(answer.sequence), last);
		} else {
			this.#rejected(response.status, answer);
		}
	}

	/** @param {number} sequence what the server holds @param {number} last what it was sent */
	#accepted(sequence, last) {
		if (!(sequence >= last)) {
			this.#failed('busy');
			return;
		}
		this.#failures = 0;
		this.savedAt = new Date();
		this.#outbox.confirm(sequence);
		this.dispatchEvent(new Event('change'));
	}

	/** @param {number} status @param {{code?: string, sequence?: number, problem?: {code?: string}}} answer */
	#rejected(status, answer) {
		const code = answer.code ?? answer.problem?.code ?? String(status);
		if (status === 401) {
			this.#become('expired');
		} else if (code === 'LEASE_TAKEN') {
			this.#become('taken');
		} else if (code === 'SEQUENCE_GAP' && this.#outbox.rewind(Number(answer.sequence))) {
			this.#failures = 0;
			this.#again = true;
		} else if (status === 409 || status === 413 || status === 422 || status === 404) {
			this.code = code;
			this.#outbox.setAside();
			this.#become('refused');
		} else {
			this.#failed('busy');
		}
	}

	/** @param {'waiting'|'busy'} state */
	#failed(state) {
		this.#failures++;
		this.#become(state);
	}

	/** @param {UplinkState} state */
	#become(state) {
		if (state !== this.state) {
			this.state = state;
			this.dispatchEvent(new Event('change'));
		}
	}
}

/** Whole increments from the front, at least one if the first is no larger than a request may be. @param {Increment[]} waiting @param {number} room */
function takeBatch(waiting, room) {
	const batch = [];
	let bytes = 0;
	for (const increment of waiting) {
		bytes += increment.bytes.length;
		if (bytes > room && (batch.length > 0 || room === BEACON_BYTES)) {
			break;
		}
		batch.push(increment);
	}
	return batch;
}

/** @param {Increment} increment */
function part(increment) {
	return /** @type {BlobPart} */ (increment.bytes);
}
