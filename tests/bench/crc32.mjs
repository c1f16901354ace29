/** CRC-32 as zip has it (Node's zlib.crc32 is younger than Debian 12's Node). @module */
const table = new Int32Array(256).map((_, byte) => {
	let value = byte;
	for (let bit = 0; bit < 8; bit++) {
		value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
	}
	return value;
});

/** @param {Buffer} bytes */
export function crc32(bytes) {
	let sum = -1;
	for (let i = 0; i < bytes.length; i++) {
		sum = table[(sum ^ bytes[i]) & 0xff] ^ (sum >>> 8);
	}
	return (sum ^ -1) >>> 0;
}
