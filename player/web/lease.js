/**
 * One tab holds an attempt. The newest wins: it takes a lease from the server and writes its number
 * where every tab of this browser reads it before each change; other devices learn it from the
 * server's answer. The older page becomes read-only.
 * @module
 */

import {binaryString, bytesOf} from './seal.js';

export class Lease {
	/** @type {string} */
	#key;
	#seal;
	#lost = false;
	/** What stood there the last time, and the number in it. */
	#read = '';
	#stored = 0;
	number;

	/**
	 * @param {string|number} attempt
	 * @param {number} number given by the server
	 * @param {import('./seal.js').Seal|null} seal the attempt's: another course cannot claim it
	 * @param {() => void} onLost called once
	 */
	constructor(attempt, number, seal, onLost) {
		this.#seal = seal;
		this.#key = keyOf(attempt);
		this.number = number;
		this.onLost = onLost;
		try {
			if (seal) {
				localStorage.setItem(this.#key, binaryString(seal.seal(this.#key, new TextEncoder().encode(String(number)))));
			}
		} catch {
			/* without local storage the server alone tells */
		}
		window.addEventListener('storage', event => {
			if (event.key === this.#key) {
				this.held();
			}
		});
	}

	/** Asked before every change. */
	held() {
		if (!this.#lost && this.#newest() > this.number) {
			this.lose();
		}
		return !this.#lost;
	}

	#newest() {
		try {
			const stored = localStorage.getItem(this.#key) ?? '';
			if (stored !== this.#read) {
				this.#read = stored;
				this.#stored = numberIn(this.#seal, this.#key, stored);
			}
		} catch {
			this.#stored = 0;
		}
		return this.#stored;
	}

	lose() {
		if (!this.#lost) {
			this.#lost = true;
			this.onLost();
		}
	}
}

/**
 * The newest lease that a page of this browser took; 0: none, as far as it was kept.
 * @param {string|number} attempt @param {import('./seal.js').Seal|null} seal
 */
export function leaseHere(attempt, seal) {
	try {
		return numberIn(seal, keyOf(attempt), localStorage.getItem(keyOf(attempt)) ?? '');
	} catch {
		return 0;
	}
}

/** @param {string|number} attempt */
function keyOf(attempt) {
	return `fad:lease:${attempt}`;
}

/** @param {import('./seal.js').Seal|null} seal @param {string} key @param {string} stored */
function numberIn(seal, key, stored) {
	const text = seal?.open(key, bytesOf(stored));
	return text ? Number(new TextDecoder().decode(text)) : 0;
}
