/**
 * Texts in and out of the engine's memory. A course calls the API thousands of times with short ASCII
 * texts; for those the general encoder costs more than the engine's own work, so they are copied by hand.
 * @module
 */

const SHORT = 256;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class EngineMemory {
	/** @type {any} */
	#wasm;
	#view = new Uint8Array(0);
	/** The scratch area, as long as nobody asked for a longer one. */
	#scratch = 0;

	/** @param {any} wasm the engine's exports */
	constructor(wasm) {
		this.#wasm = wasm;
	}

	/** All of the engine's memory. When it grows, the old view becomes empty. */
	get bytes() {
		if (this.#view.length === 0) {
			this.#view = new Uint8Array(this.#wasm.memory.buffer);
		}
		return this.#view;
	}

	/** Lays bytes one after another into the scratch area. @param {...Uint8Array} parts @returns {number} where; 0: no memory */
	put(...parts) {
		const start = this.#long(parts.reduce((sum, part) => sum + part.length, 0));
		let at = start;
		for (const part of parts) {
			this.bytes.set(part, at);
			at += part.length;
		}
		return start;
	}

	/** Lays two texts one after another. @param {string} first @param {string} second @returns {[at: number, first: number, second: number]} */
	putTexts(first, second) {
		if (first.length + second.length <= SHORT) {
			this.#scratch ||= this.#wasm.fad_scratch(SHORT) >>> 0;
			const at = this.#scratch;
			if (at !== 0 && this.#ascii(first, at) && this.#ascii(second, at + first.length)) {
				return [at, first.length, second.length];
			}
		}
		const [one, two] = [encoder.encode(first), encoder.encode(second)];
		return [this.put(one, two), one.length, two.length];
	}

	/** The last answer that is a text. */
	text() {
		const at = this.#wasm.fad_text_at() >>> 0;
		const end = at + (this.#wasm.fad_text_length() >>> 0);
		const bytes = this.bytes;
		if (end - at <= SHORT) {
			let text = '';
			let i = at;
			for (; i < end && bytes[i] < 0x80; i++) {
				text += String.fromCharCode(bytes[i]);
			}
			if (i === end) {
				return text;
			}
		}
		return decoder.decode(bytes.subarray(at, end));
	}

	/** The last answer as bytes, borrowed. */
	answer() {
		const at = this.#wasm.fad_text_at() >>> 0;
		return this.bytes.subarray(at, at + (this.#wasm.fad_text_length() >>> 0));
	}

	/** @param {number} length */
	#long(length) {
		this.#scratch = 0;
		return this.#wasm.fad_scratch(length) >>> 0;
	}

	/** @param {string} text @param {number} at */
	#ascii(text, at) {
		const bytes = this.bytes;
		for (let i = 0; i < text.length; i++) {
			const code = text.charCodeAt(i);
			if (code >= 0x80) {
				return false;
			}
			bytes[at + i] = code;
		}
		return true;
	}
}
