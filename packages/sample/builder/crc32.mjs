// CRC-32 of ISO 3309, as zip wants it (Debian 12's node has none in its zlib).
const TABLE = new Uint32Array(256).map((_, n) => {
	let c = n;
	for (let bit = 0; bit < 8; bit++) {
		c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
	}
	return c;
});

export function crc32(bytes) {
	let c = 0xffffffff;
	for (const byte of bytes) {
		c = TABLE[(c ^ byte) & 0xff] ^ (c >>> 8);
	}
	return (c ^ 0xffffffff) >>> 0;
}
