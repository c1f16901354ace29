/**
 * One tab holds an attempt. The newest wins: it takes a lease from the server and writes its number
 * where every tab of this browser reads it before each change; other devices learn it from the
 * server's answer. The older page becomes read-only.
 * @module
 */

export class Lease {
	/** @type {string} */
	#key;
	#lost = false;
	number;

	/**
	 * @param {string|number} attempt
	 * @param {number} number given by the server
	 * @param {() => void} onLost called once
	 */
	constructor(attempt, number, onLost) {
		this.#key = `fad:lease:${attempt}`;
		this.number = number;
		this.onLost = onLost;
		try {
			localStorage.setItem(this.#key, String(number));
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
		if (!this.#lost && newest(this.#key) > this.number) {
			this.lose();
		}
		return !this.#lost;
	}

	lose() {
		if (!this.#lost) {
			this.#lost = true;
			this.onLost();
		}
	}
}

/** @param {string} key */
function newest(key) {
	try {
		return Number(localStorage.getItem(key));
	} catch {
		return 0;
	}
}
