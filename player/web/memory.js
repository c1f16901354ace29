/**
 * Texts in and out of the engine's memory. A course calls the API thousands of times with short ASCII texts and
 * always the same element names: the general encoder costs more than the engine's own work, so short texts are
 * copied by hand, names stay in the engine's memory once they were there, and an answer that is what was last set or
 * answered is not built again. What the engine answers is compared, never guessed.
 * @module
 */

/** Up to here copying by hand is faster than the encoder and the decoder. */
const SHORT = 20;
const SCRATCH = 4096;
const NAMES = 8192;
const LONGEST_NAME = 128;
const encoder = new TextEncoder();
const decoder = new TextDecoder();
/** Where the codes of a short text are gathered, by its length. */
const codes = Array.from({length: SHORT + 1}, (_, length) => new Array(length).fill(0));

/** @typedef {{at: number, length: number, text: string}} Name where an element's name lies; its last value, if short */

export class EngineMemory {
	/** @type {any} */
	#wasm;
	#view = new Uint8Array(0);
	/** The scratch area: the encoder writes here without a new view each time. */
	#area = new Uint8Array(0);
	#scratch = 0;
	#scratchSize = 0;
	/** @type {Map<string, Name>} */
	#names = new Map();
	/** A name that is not kept. @type {Name} */
	#passing = {at: 0, length: 0, text: ''};
	#nextName = 0;
	#lastName = 0;

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

	/** Where a name lies until the next one is asked for; `at` 0: it is too long for one, or there is no memory.
	 * @param {string} text @returns {Name} */
	name(text) {
		return this.#names.get(text) ?? this.#newName(text);
	}

	/** Lays a text into the scratch area, `putLength` bytes long. @param {string} text @returns {number} where; 0: no memory */
	putText(text) {
		const at = this.#room(3 * text.length);
		this.putLength = at === 0 ? 0 : this.#write(text, at);
		return at;
	}
	putLength = 0;

	/** The last answer that is a text. @param {Name} [name] of the element it belongs to */
	text(name) {
		const at = this.#wasm.fad_text_at() >>> 0;
		const length = this.#wasm.fad_text_length() >>> 0;
		if (length > SHORT) {
			return decoder.decode(this.bytes.subarray(at, at + length));
		}
		if (name && this.#holds(at, length, name.text)) {
			return name.text;
		}
		const text = this.#short(at, length);
		if (name) {
			name.text = text;
		}
		return text;
	}

	/** The last answer as bytes, borrowed. */
	answer() {
		const at = this.#wasm.fad_text_at() >>> 0;
		return this.bytes.subarray(at, at + (this.#wasm.fad_text_length() >>> 0));
	}

	/** @param {number} at @param {number} length @param {string} text */
	#holds(at, length, text) {
		const bytes = this.bytes;
		if (text.length !== length) {
			return false;
		}
		for (let i = 0; i < length; i++) {
			const code = text.charCodeAt(i);
			if (code !== bytes[at + i] || code >= 0x80) {
				return false;
			}
		}
		return true;
	}

	/** @param {number} at @param {number} length */
	#short(at, length) {
		const bytes = this.bytes;
		const list = codes[length];
		for (let i = 0; i < length; i++) {
			const code = bytes[at + i];
			if (code >= 0x80) {
				return decoder.decode(bytes.subarray(at, at + length));
			}
			list[i] = code;
		}
		return String.fromCharCode.apply(null, list);
	}

	/** A scratch area of at least so many bytes; 0: no memory. @param {number} length */
	#room(length) {
		if (this.#scratch === 0 || length > this.#scratchSize) {
			const size = Math.max(length, SCRATCH);
			this.#scratch = this.#wasm.fad_scratch(size) >>> 0;
			this.#scratchSize = this.#scratch === 0 ? 0 : size;
			this.#area = new Uint8Array(0);
		}
		return this.#scratch;
	}

	/** Writes a text to the scratch area, where it fits; says how many bytes it took. @param {string} text @param {number} at */
	#write(text, at) {
		if (text.length <= SHORT) {
			const bytes = this.bytes;
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
		if (this.#area.length === 0) {
			this.#area = new Uint8Array(this.#wasm.memory.buffer, this.#scratch, this.#scratchSize);
		}
		return encoder.encodeInto(text, this.#area).written;
	}

	/**
	 * Writes a name to the next free place, and keeps it there if it is one of those that come again: short ASCII
	 * without a number in it. A course that invents names fills the room, and no more.
	 * @param {string} text @returns {Name}
	 */
	#newName(text) {
		if (this.#nextName === 0) {
			this.#nextName = this.#wasm.fad_alloc(NAMES) >>> 0;
			this.#lastName = this.#nextName + NAMES - 3 * LONGEST_NAME;
		}
		const passing = this.#passing;
		passing.at = text.length > LONGEST_NAME ? 0 : this.#nextName;
		if (passing.at === 0) {
			return passing;
		}
		const bytes = this.bytes;
		let plain = true;
		for (let i = 0; i < text.length; i++) {
			const code = text.charCodeAt(i);
			if (code >= 0x80) {
				passing.length = encoder.encodeInto(text, bytes.subarray(passing.at, passing.at + 3 * text.length)).written;
				return passing;
			}
			plain = plain && (code < 0x30 || code > 0x39);
			bytes[passing.at + i] = code;
		}
		passing.length = text.length;
		if (plain && this.#nextName < this.#lastName) {
			this.#names.set(text, {...passing, text: ''});
			this.#nextName += text.length;
		}
		return passing;
	}
}
