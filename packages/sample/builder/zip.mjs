// Writes a zip whose bytes depend on nothing but its content: entries sorted, one fixed time stamp.
import { crc32 } from './crc32.mjs';
import { deflateRawSync } from 'node:zlib';

const DOS_TIME = 0; // 00:00:00
const DOS_DATE = ((2026 - 1980) << 9) | (1 << 5) | 1; // 2026-01-01
const UTF8_NAMES = 0x0800;
const VERSION = 20; // deflate

function fields(entry) {
	const b = Buffer.alloc(26);
	b.writeUInt16LE(VERSION, 0);
	b.writeUInt16LE(UTF8_NAMES, 2);
	b.writeUInt16LE(entry.method, 4);
	b.writeUInt16LE(DOS_TIME, 6);
	b.writeUInt16LE(DOS_DATE, 8);
	b.writeUInt32LE(entry.crc, 10);
	b.writeUInt32LE(entry.data.length, 14);
	b.writeUInt32LE(entry.size, 18);
	b.writeUInt16LE(entry.name.length, 22);
	b.writeUInt16LE(0, 24); // no extra field
	return b;
}

function signature(n) {
	const b = Buffer.alloc(4);
	b.writeUInt32LE(n);
	return b;
}

/** files: object path → Buffer or string. Returns the zip as a Buffer. */
export function zip(files) {
	const parts = [];
	const central = [];
	let offset = 0;
	const names = Object.keys(files).sort();
	for (const path of names) {
		const raw = Buffer.from(files[path]);
		const packed = deflateRawSync(raw, { level: 9 });
		const smaller = packed.length < raw.length;
		const entry = { name: Buffer.from(path, 'utf8'), crc: crc32(raw), size: raw.length,
			method: smaller ? 8 : 0, data: smaller ? packed : raw };
		const common = fields(entry);
		parts.push(signature(0x04034b50), common, entry.name, entry.data);
		const rest = Buffer.alloc(14); // no comment, disk 0, no attributes
		rest.writeUInt32LE(offset, 10);
		central.push(signature(0x02014b50), Buffer.from([VERSION, 0]), common, rest, entry.name);
		offset += 4 + common.length + entry.name.length + entry.data.length;
	}
	const directory = Buffer.concat(central);
	const end = Buffer.alloc(18);
	end.writeUInt16LE(names.length, 4);
	end.writeUInt16LE(names.length, 6);
	end.writeUInt32LE(directory.length, 8);
	end.writeUInt32LE(offset, 12);
	return Buffer.concat([...parts, directory, signature(0x06054b50), end]);
}
