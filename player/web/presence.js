/**
 * The player's own clock: how long the page was visible and the learner active. A video that plays
 * counts as activity. Only one tab counts at a time, the one used last.
 * @module
 */
import {windowsWithin} from './windows.js';

const TICK_MS = 1000;
const LONGEST_TICK_MS = 5000;    /* a longer one means that the computer slept */
const IDLE_MS = 5 * 60 * 1000;
const ACTIVITY = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'scroll', 'touchstart'];
const CLAIM = 'fad:presence';

export class Presence {
	/** Milliseconds counted and not yet reported. */
	pending = 0;
	#lastTick = performance.now();
	#lastActivity = performance.now();
	#claimedAt = -Infinity; /* a page that opens within its first second claims too */
	#me = crypto.getRandomValues(new Uint32Array(2)).join('-');
	/** @type {WeakSet<object>} */
	#watched = new WeakSet();
	#content;
	#report;

	/**
	 * @param {() => Window|null} content the course's window now
	 * @param {number} everyMs
	 * @param {(ms: number) => void} report
	 */
	constructor(content, everyMs, report) {
		this.#content = content;
		this.#report = report;
		this.#watch(window);
		setInterval(() => this.#tick(), TICK_MS);
		setInterval(() => this.flush(), everyMs);
		this.#active();
	}

	/** Reports what was counted so far, if it is worth a record. */
	flush() {
		this.#tick();
		const ms = Math.round(this.pending);
		if (ms >= TICK_MS) {
			this.pending = 0;
			this.#report(ms);
		}
	}

	#tick() {
		const now = performance.now();
		const passed = Math.min(now - this.#lastTick, LONGEST_TICK_MS);
		this.#lastTick = now;
		const content = this.#content();
		const playing = content !== null && this.#visit(content);
		if (playing) {
			this.#lastActivity = now;
		}
		if (!document.hidden && now - this.#lastActivity < IDLE_MS && this.#mine()) {
			this.pending += passed;
		}
	}

	/** Watches a window and the frames inside; says whether something plays there. @param {Window} target @returns {boolean} */
	#visit(target) {
		const all = windowsWithin(target);
		all.forEach(each => this.#watch(each));
		return all.some(({document}) => [...document.querySelectorAll('video, audio')].some(media => (
			!/** @type {HTMLMediaElement} */ (media).paused)));
	}

	/** @param {Window} target */
	#watch(target) {
		if (!this.#watched.has(target.document)) {
			this.#watched.add(target.document);
			for (const name of ACTIVITY) {
				target.document.addEventListener(name, () => this.#active(), {capture: true, passive: true});
			}
		}
	}

	#active() {
		const now = performance.now();
		this.#lastActivity = now;
		if (now - this.#claimedAt > TICK_MS) {
			this.#claimedAt = now;
			try {
				localStorage.setItem(CLAIM, this.#me);
			} catch {
				/* without local storage there is no telling tabs apart */
			}
		}
	}

	#mine() {
		try {
			const holder = localStorage.getItem(CLAIM);
			return holder === null || holder === this.#me;
		} catch {
			return true;
		}
	}
}
