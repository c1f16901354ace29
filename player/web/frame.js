/**
 * The frame in which the course runs. A new one for each activity: taking it away is what ends the
 * former, and its pagehide and unload handlers run then, while the API still answers for it.
 * @module
 */

/*
 * The course may run scripts, open pop-ups and navigate its own frame. The player's window it may leave
 * only when the learner clicks: never by itself.
 */
const SANDBOX = ['allow-scripts', 'allow-same-origin', 'allow-forms', 'allow-modals', 'allow-popups',
	'allow-popups-to-escape-sandbox', 'allow-downloads', 'allow-pointer-lock', 'allow-presentation',
	'allow-orientation-lock', 'allow-top-navigation-by-user-activation'];
const ALLOW = 'autoplay; fullscreen; picture-in-picture; clipboard-write; encrypted-media; unload';

export class ScoFrame {
	/** @type {HTMLIFrameElement|null} */
	#frame = null;
	#host;

	/** @param {HTMLElement} host */
	constructor(host) {
		this.#host = host;
	}

	/** @returns {Window|null} */
	get window() {
		return this.#frame?.contentWindow ?? null;
	}

	/** @param {string} address @param {string} title */
	show(address, title) {
		this.remove();
		const frame = document.createElement('iframe');
		frame.setAttribute('sandbox', SANDBOX.join(' '));
		frame.allow = ALLOW;
		frame.title = title;
		frame.name = 'sco';
		frame.src = address;
		this.#frame = frame;
		this.#host.append(frame);
	}

	focus() {
		this.#frame?.focus();
	}

	/** Ends the course that runs, as leaving its page would. @param {boolean} beforeUnload whether that event is still due */
	remove(beforeUnload = true) {
		const frame = this.#frame;
		if (!frame) {
			return;
		}
		/* Removal alone fires pagehide and unload, but not beforeunload, where many courses save. */
		if (beforeUnload && frame.contentWindow) {
			sayBeforeUnload(frame.contentWindow);
		}
		this.#frame = null;
		frame.remove();
	}
}

/** @param {Window} target */
function sayBeforeUnload(target) {
	try {
		for (let index = 0; index < target.length; index++) {
			sayBeforeUnload(target[index]);
		}
		const own = /** @type {any} */ (target);
		target.dispatchEvent(new own.Event('beforeunload', {cancelable: true}));
	} catch (error) {
		console.warn('beforeunload of the course:', error);
	}
}
