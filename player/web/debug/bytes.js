/**
 * Reads what the engine writes: player/engine/bytes.h.
 * @module
 */
const decoder = new TextDecoder();

export class Bytes {
	#view;
	#at = 0;
	/** @param {Uint8Array} bytes */
	constructor(bytes) {
		this.bytes = bytes;
		this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	}

	get left() {
		return this.bytes.length - this.#at;
	}

	/** Whole numbers up to 2^53; a seed beyond them loses its last digits, and nothing here computes with one. */
	number() {
		let value = 0;
		for (let scale = 1; ; scale *= 128) {
			const byte = this.#view.getUint8(this.#at++);
			value += (byte & 0x7f) * scale;
			if (byte < 0x80) {
				return value;
			}
		}
	}

	signed() {
		const coded = this.number();
		return coded % 2 === 0 ? coded / 2 : -(coded + 1) / 2;
	}

	double() {
		const value = this.#view.getFloat64(this.#at, true);
		this.#at += 8;
		return value;
	}

	/** @param {number} length @throws {RangeError} beyond the end, as the others */
	raw(length) {
		if (length > this.left) {
			throw new RangeError(`${length} bytes of ${this.left}`);
		}
		const part = this.bytes.subarray(this.#at, this.#at + length);
		this.#at += length;
		return part;
	}

	string() {
		return decoder.decode(this.raw(this.number()));
	}

	/** An index stored as itself + 1; null for none. */
	index() {
		const value = this.number();
		return value === 0 ? null : value - 1;
	}
}
