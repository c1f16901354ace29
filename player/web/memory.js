/**
 * Texts in and out of the engine's memory. A course calls the API thousands of times with short ASCII
 * texts; for those the general encoder costs more than the engine's own work, so they are copied by hand.
 * @module
 */

const SHORT = 64;
const SCRATCH = 4096;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class EngineMemory {
	/** @type {any} */
	#wasm;
	#view = new Uint8Array(0);
	#scratch = 0;
	#scratchSize = 0;
	at = 0;
	first = 0;
	second = 0;

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
		const start = this.#room(parts.reduce((sum, part) => sum + part.length, 0));
		let at = start;
		for (const part of parts) {
			this.bytes.set(part, at);
			at += part.length;
		}
		return start;
	}

	/** Lays two texts one after another: `at`, `first` and `second` then say where and how long they are.
	 * @param {string} first @param {string} second */
	putTexts(first, second) {
		this.at = this.#room(3 * (first.length + second.length));
		this.first = this.at === 0 ? 0 : this.#write(first, this.at);
		this.second = this.at === 0 ? 0 : this.#write(second, this.at + this.first);
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

	/** A scratch area of at least so many bytes; 0: no memory. @param {number} length */
	#room(length) {
		if (this.#scratch === 0 || length > this.#scratchSize) {
			this.#scratchSize = Math.max(length, SCRATCH);
			this.#scratch = this.#wasm.fad_scratch(this.#scratchSize) >>> 0;
		}
		return this.#scratch;
	}

	/** Writes a text, which fits; says how many bytes it took. @param {string} text @param {number} at */
	#write(text, at) {
		const bytes = this.bytes;
		if (text.length <= SHORT) {
			let i = 0;
			for (; i < text.length; i++) {
				const code = text.charCodeAt(i);
				if (code >= 0x80) {
					break;
				}
				bytes[at + i] = code;
			}
			if (i === text.length) {
				return i;
			}
		}
		return encoder.encodeInto(text, bytes.subarray(at, at + 3 * text.length)).written;
	}
}
