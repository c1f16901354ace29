/**
 * What goes wrong in the course's own pages: scripts that fail, files that do not load, what the content policy
 * blocks. A script at the very top of a page may fail before anybody can listen; whatever it then fails to do shows.
 * @module
 */
import {windowsWithin} from '../windows.js';

const LOOK_MS = 10;

/** @typedef {(what: 'scriptFault'|'fileFault'|'blocked', where: string, message: string) => void} Tell */

export class FaultWatch {
	/** @type {WeakSet<Document>} */
	#watched = new WeakSet();
	#content;
	#tell;

	/** @param {() => Window|null|undefined} content the course's window now @param {Tell} tell */
	constructor(content, tell) {
		this.#content = content;
		this.#tell = tell;
		setInterval(() => this.look(), LOOK_MS);
	}

	/** Takes up the pages that are new. */
	look() {
		const content = this.#content();
		for (const target of content ? windowsWithin(content) : []) {
			if (!this.#watched.has(target.document)) {
				this.#watched.add(target.document);
				this.#watch(target);
			}
		}
	}

	/** @param {Window} target */
	#watch(target) {
		const page = () => below(target.location.href);
		target.addEventListener('error', event => {
			const from = /** @type {any} */ (event.target);
			if (event instanceof /** @type {any} */ (target).ErrorEvent) {
				this.#tell('scriptFault', `${below(event.filename) || page()}:${event.lineno}:${event.colno}`, event.message);
			} else if (from.src || from.href) {
				this.#tell('fileFault', page(), below(from.src || from.href));
			}
		}, true);
		target.addEventListener('unhandledrejection', event => this.#tell('scriptFault', page(), String(event.reason)));
		target.addEventListener('securitypolicyviolation', event => {
			this.#tell('blocked', page(), `${event.blockedURI} (${event.effectiveDirective})`);
		});
	}
}

/** A file of the course without what stands before it in the address. @param {string} address */
function below(address) {
	return address.replace(/^.*?\/content\/[^/]*\//, '');
}
