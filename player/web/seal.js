/**
 * Keeps what the player leaves in this browser from the other courses, which share its origin: encrypted and
 * signed under a key of the attempt that only its own launches are told. ChaCha20 (RFC 8439), then HMAC-SHA-256
 * (RFC 2104) over label, nonce and text. Written here because it must answer at once: the browser's own
 * cryptography is asynchronous, and the last words of a page that goes away cannot wait for it.
 * @module
 */

const NONCE = 12;
const TAG = 32;
const K = Uint32Array.from([
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01,
	0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc,
	0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
	0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
	0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08,
	0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
	0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2]);

/** @param {number} word @param {number} by */
const right = (word, by) => word >>> by | word << 32 - by;
/** @param {number} word @param {number} by */
const left = (word, by) => word << by | word >>> 32 - by;

/** @param {Uint32Array} h @param {DataView} view @param {number} at @param {Uint32Array} w */
function compress(h, view, at, w) {
	for (let i = 0; i < 16; i++) {
		w[i] = view.getUint32(at + 4 * i);
	}
	for (let i = 16; i < 64; i++) {
		const s0 = right(w[i - 15], 7) ^ right(w[i - 15], 18) ^ w[i - 15] >>> 3;
		const s1 = right(w[i - 2], 17) ^ right(w[i - 2], 19) ^ w[i - 2] >>> 10;
		w[i] = w[i - 16] + s0 + w[i - 7] + s1;
	}
	let [a, b, c, d, e, f, g, last] = h;
	for (let i = 0; i < 64; i++) {
		const one = last + (right(e, 6) ^ right(e, 11) ^ right(e, 25)) + (e & f ^ ~e & g) + K[i] + w[i] | 0;
		const two = (right(a, 2) ^ right(a, 13) ^ right(a, 22)) + (a & b ^ a & c ^ b & c) | 0;
		[last, g, f, e, d, c, b, a] = [g, f, e, d + one | 0, c, b, a, one + two | 0];
	}
	[a, b, c, d, e, f, g, last].forEach((word, i) => { h[i] += word; });
}

/** @param {...Uint8Array} parts */
export function sha256(...parts) {
	const length = parts.reduce((sum, part) => sum + part.length, 0);
	const bytes = new Uint8Array((length + 72 >>> 6) * 64);
	let at = 0;
	for (const part of parts) {
		bytes.set(part, at);
		at += part.length;
	}
	bytes[at] = 0x80;
	const view = new DataView(bytes.buffer);
	view.setUint32(bytes.length - 8, Math.floor(length / 0x20000000));
	view.setUint32(bytes.length - 4, length << 3);
	const h = Uint32Array.from([0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19]);
	const w = new Uint32Array(64);
	for (let block = 0; block < bytes.length; block += 64) {
		compress(h, view, block, w);
	}
	h.forEach((word, i) => view.setUint32(4 * i, word));
	return bytes.slice(0, 32);
}

/** @param {Uint8Array} key at most 64 bytes @param {...Uint8Array} parts */
export function hmac(key, ...parts) {
	const [inner, outer] = [0x36, 0x5c].map(pad => Uint8Array.from({length: 64}, (_, i) => (key[i] ?? 0) ^ pad));
	return sha256(outer, sha256(inner, ...parts));
}

/** @param {Uint32Array} x @param {number} a @param {number} b @param {number} c @param {number} d */
function quarter(x, a, b, c, d) {
	x[a] += x[b]; x[d] = left(x[d] ^ x[a], 16);
	x[c] += x[d]; x[b] = left(x[b] ^ x[c], 12);
	x[a] += x[b]; x[d] = left(x[d] ^ x[a], 8);
	x[c] += x[d]; x[b] = left(x[b] ^ x[c], 7);
}

/** Encrypts, or decrypts. @param {Uint8Array} key 32 bytes @param {Uint8Array} nonce 12 bytes @param {Uint8Array} text @param {number} [counter] */
export function chacha20(key, nonce, text, counter = 0) {
	const words = new Uint32Array(16);
	const view = new DataView(Uint8Array.of(...key, 0, 0, 0, 0, ...nonce).buffer);
	words.set([0x61707865, 0x3320646e, 0x79622d32, 0x6b206574]);
	for (let i = 0; i < 12; i++) {
		words[4 + i] = view.getUint32(4 * i, true);
	}
	const [result, x] = [new Uint8Array(text.length), new Uint32Array(16)];
	for (let at = 0; at < text.length; at += 64) {
		words[12] = counter++;
		x.set(words);
		for (let round = 0; round < 10; round++) {
			quarter(x, 0, 4, 8, 12); quarter(x, 1, 5, 9, 13); quarter(x, 2, 6, 10, 14); quarter(x, 3, 7, 11, 15);
			quarter(x, 0, 5, 10, 15); quarter(x, 1, 6, 11, 12); quarter(x, 2, 7, 8, 13); quarter(x, 3, 4, 9, 14);
		}
		for (let i = 0; i < 64 && at + i < text.length; i++) {
			result[at + i] = text[at + i] ^ x[i >> 2] + words[i >> 2] >>> 8 * (i & 3);
		}
	}
	return result;
}

const encode = (/** @type {string} */ text) => new TextEncoder().encode(text);

export class Seal {
	#cipher;
	#mac;

	/** @param {string} key 32 bytes in base64url */
	constructor(key) {
		const bytes = Uint8Array.from(atob(key.replace(/-/g, '+').replace(/_/g, '/')), at => at.charCodeAt(0));
		this.#cipher = hmac(bytes, encode('cipher'));
		this.#mac = hmac(bytes, encode('mac'));
	}

	/** @param {string} label where it will stand: it opens nowhere else @param {Uint8Array} text */
	seal(label, text) {
		const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
		const hidden = chacha20(this.#cipher, nonce, text);
		const sealed = new Uint8Array(NONCE + hidden.length + TAG);
		sealed.set(nonce);
		sealed.set(hidden, NONCE);
		sealed.set(this.#tag(label, sealed.subarray(0, -TAG)), NONCE + hidden.length);
		return sealed;
	}

	/** @param {string} label @param {Uint8Array} sealed @returns {Uint8Array|null} null: not sealed under this key for this label */
	open(label, sealed) {
		const body = sealed.subarray(0, -TAG);
		if (sealed.length < NONCE + TAG || this.#tag(label, body).some((byte, i) => byte !== sealed[body.length + i])) {
			return null;
		}
		return chacha20(this.#cipher, body.subarray(0, NONCE), body.subarray(NONCE));
	}

	/** @param {string} label @param {Uint8Array} body */
	#tag(label, body) {
		return hmac(this.#mac, encode(label), Uint8Array.of(0), body);
	}
}

/** One character a byte: half the room of base64 in local storage. @param {Uint8Array} bytes */
export function binaryString(bytes) {
	let string = '';
	for (let at = 0; at < bytes.length; at += 8192) {
		string += String.fromCharCode(...bytes.subarray(at, at + 8192));
	}
	return string;
}

/** @param {string} string */
export function bytesOf(string) {
	return Uint8Array.from(string, at => at.charCodeAt(0));
}

/** The key of an attempt, from launch.json; null: nothing is kept for it. @param {import('./launch.js').Launch} launch @param {string|number} attempt */
export function sealOf(launch, attempt) {
	const key = launch.keys?.[attempt];
	return key ? new Seal(key) : null;
}
